import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Unity } from "../server/unity";
import { addSynthetic, openBenchUnity, SERIES_PER_INSTANCE } from "./load/synthetic";
import { pause } from "./measure/pause";
import type { Measured } from "./result";

const SECONDS = 20;
const FULL_SPEED_SECONDS = 10;
const INSTANCES = 450; // 450 instances of 23 series every 5 s are 2,070 samples a second
const DELAY_RESOLUTION_MS = 5;
const TARGETS = { scheduled_samples_per_s: 2_000, event_loop_delay_p99_ms: 50 };

/**
 * Samples per second through the whole pipeline on SQLite: first what a very large home needs, on schedule, with the event
 * loop watched; then as fast as it goes.
 */
export async function run(): Promise<Measured> {
  const { unity, close } = await openBenchUnity();
  try {
    await addSynthetic(unity, INSTANCES);
    unity.start();
    // The first round creates every series; what is measured is the steady state.
    await pause(7_000);
    const scheduled = await measure(unity, () => pause(SECONDS * 1_000));
    const fullSpeed = await measure(unity, () => runAll(unity, FULL_SPEED_SECONDS * 1_000));
    const figures = {
      scheduled_samples_per_s: scheduled.samplesPerSecond,
      expected_samples_per_s: (INSTANCES * SERIES_PER_INSTANCE) / 5,
      event_loop_delay_p99_ms: scheduled.delayP99Ms,
      event_loop_delay_max_ms: scheduled.delayMaxMs,
      cpu_cores: scheduled.cores,
      full_speed_samples_per_s: fullSpeed.samplesPerSecond,
      full_speed_event_loop_delay_p99_ms: fullSpeed.delayP99Ms,
      full_speed_cpu_cores: fullSpeed.cores,
      rss_mb: process.memoryUsage().rss / 1e6,
    };
    return { figures, targets: TARGETS };
  } finally {
    await close();
  }
}

/** Counts what is durable in the end, not what was offered. */
async function measure(unity: Unity, work: () => Promise<void>) {
  await unity.store.flush();
  const before = (await unity.store.stats()).samples;
  const cpuBefore = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const startedAt = performance.now();
  await work();
  await unity.store.flush();
  delay.disable();
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  const stored = (await unity.store.stats()).samples - before;
  return {
    samplesPerSecond: stored / seconds,
    delayP99Ms: delay.percentile(99) / 1e6 - DELAY_RESOLUTION_MS,
    delayMaxMs: delay.max / 1e6 - DELAY_RESOLUTION_MS,
    cores: (cpu.user + cpu.system) / 1e6 / seconds,
  };
}

/** Every instance again as soon as all have ended. */
async function runAll(unity: Unity, forMs: number): Promise<void> {
  for (const end = performance.now() + forMs; performance.now() < end; ) {
    for (const { id } of unity.instances.list()) unity.scheduler.runNow(id);
    while (unity.scheduler.running() > 0) await pause(1);
  }
}
