import { monitorEventLoopDelay } from "node:perf_hooks";
import { addSynthetic, openBenchUnity, SERIES_PER_INSTANCE } from "./load/synthetic";
import type { BenchResult } from "./result";

const SECONDS = 20;
const INSTANCES = 435; // 435 instances of 23 series every 5 s are 2,001 samples a second

/**
 * Samples per second through the whole pipeline on SQLite: first the rate that a large home needs, on schedule, with the event
 * loop watched; then as fast as it goes.
 */
export async function run(): Promise<BenchResult> {
  const { unity, close } = await openBenchUnity();
  try {
    await addSynthetic(unity, INSTANCES);
    unity.start();
    // The first round creates every series; what is measured is the steady state.
    await sleep(7_000);
    const before = (await unity.store.stats()).samples;
    const cpuBefore = process.cpuUsage();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const startedAt = Date.now();
    await sleep(SECONDS * 1_000);
    delay.disable();
    await unity.store.flush();
    const seconds = (Date.now() - startedAt) / 1_000;
    const cpu = process.cpuUsage(cpuBefore);
    const stored = (await unity.store.stats()).samples - before;
    await unity.scheduler.stop(2_000);

    const figures = {
      scheduled_samples_per_s: round(stored / seconds),
      expected_samples_per_s: round((INSTANCES * SERIES_PER_INSTANCE) / 5),
      event_loop_delay_p99_ms: round(delay.percentile(99) / 1e6 - 5),
      event_loop_delay_max_ms: round(delay.max / 1e6 - 5),
      cpu_cores: round((cpu.user + cpu.system) / 1e6 / seconds),
      rss_mb: round(process.memoryUsage().rss / 1e6),
    };
    const targets = { scheduled_samples_per_s: 1_900, event_loop_delay_p99_ms: 50 };
    const met = figures.scheduled_samples_per_s >= 1_900 && figures.event_loop_delay_p99_ms < 50;
    return { name: "ingest", figures, targets, met };
  } finally {
    await close();
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const round = (value: number) => Math.round(value * 100) / 100;
