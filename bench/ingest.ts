import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { MetricStore } from "../server/metrics/store";
import { generateSamples, SERIES } from "./load/samples";
import { pause } from "./measure/pause";
import { readUsage } from "./measure/process-usage";
import { readTreeCpuMs } from "./measure/tree-usage";
import type { Measured } from "./result";
import { writeWhenTaken } from "./stores/fill";
import { chooseEngines, type EngineName, openBenchStore } from "./stores/open-bench-store";

const SECOND_MS = 1_000;
/** Ten times a second a step of all series: 20,000 samples a second. */
const TICK_MS = 100;
const DELAY_RESOLUTION_MS = 2;
const NOW = 1_795_526_220_000;
const BURST_TARGET = 1_000_000;
/** At once: twice what a collection may have. */
const RUSH_SAMPLES = 10_000;
const RATE_TARGET = 19_500;

/**
 * What each store takes: 20,000 samples a second for `--seconds` (60), with the processor time of both sides, and then ten million
 * samples as fast as it goes. The event loop is watched meanwhile.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { seconds: { type: "string", default: "60" }, engine: { type: "string", multiple: true } },
  });
  const figures: Record<string, number> = {};
  const targets: Record<string, number> = {};
  for (const engine of chooseEngines(values.engine)) {
    const measured = await measure(engine, Number(values.seconds));
    for (const [figure, value] of Object.entries(measured)) figures[`${engine}_${figure}`] = value;
    targets[`${engine}_sustained_samples_per_s`] = RATE_TARGET;
    targets[`${engine}_sustained_delay_p99_ms`] = 20;
    targets[`${engine}_flush_p95_ms`] = 50;
    targets[`${engine}_burst_delay_p99_ms`] = 20;
    if (engine === "postgres") targets.postgres_sustained_cpu_percent = 10;
    if (engine !== "mysql") targets[`${engine}_burst_samples_per_s`] = BURST_TARGET;
  }
  const notes = [
    "cpu_percent: of one core, this process with everything in it. server_cpu_percent: the database server's.",
    "burst: ten million samples that were made before; all are durable when the time is taken.",
  ];
  return { figures, targets, notes };
}

async function measure(engine: EngineName, seconds: number): Promise<Record<string, number>> {
  const bench = await openBenchStore(engine);
  try {
    const before = readUsage(process.pid);
    const serverBefore = bench.pid ? readTreeCpuMs(bench.pid) : 0;
    const sustained = await watch(() => sustain(bench.store, seconds));
    const after = readUsage(process.pid);
    const serverMs = bench.pid ? readTreeCpuMs(bench.pid) - serverBefore : 0;
    const { flushes } = await bench.store.stats();
    const burst = await watch(() => rush(bench.store));
    return {
      sustained_samples_per_s: sustained.samples / sustained.seconds,
      sustained_cpu_percent: (after.cpuMs - before.cpuMs) / sustained.seconds / 10,
      ...(bench.pid ? { server_cpu_percent: serverMs / sustained.seconds / 10 } : {}),
      sustained_delay_p99_ms: sustained.delayP99Ms,
      flush_p95_ms: flushes?.p95Ms ?? Number.NaN,
      burst_samples_per_s: burst.samples / burst.seconds,
      burst_delay_p99_ms: burst.delayP99Ms,
      burst_delay_max_ms: burst.delayMaxMs,
      rss_mb: readUsage(process.pid).rssMb,
    };
  } finally {
    await bench.close();
  }
}

interface Written {
  readonly samples: number;
  readonly seconds: number;
}

async function watch(work: () => Promise<Written>) {
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const written = await work();
  delay.disable();
  const toMs = (nanoseconds: number) => nanoseconds / 1e6 - DELAY_RESOLUTION_MS;
  return { ...written, delayP99Ms: toMs(delay.percentile(99)), delayMaxMs: toMs(delay.max) };
}

/** At its schedule, however long a write takes. */
async function sustain(store: MetricStore, seconds: number): Promise<Written> {
  const series = Array.from({ length: SERIES }, (_, index) => index + 1);
  const startedAt = performance.now();
  const ticks = Math.round((seconds * SECOND_MS) / TICK_MS);
  for (let tick = 0; tick < ticks; tick++) {
    const at = NOW + tick * 10 * SECOND_MS;
    store.write({ series, at: series.map(() => at), value: series.map((id) => waveOf(id, at)) });
    await pause(Math.max(0, startedAt + (tick + 1) * TICK_MS - performance.now()));
  }
  await store.flush();
  return { samples: ticks * SERIES, seconds: (performance.now() - startedAt) / SECOND_MS };
}

async function rush(store: MetricStore): Promise<Written> {
  const batches = [...generateSamples("d10", RUSH_SAMPLES)];
  const startedAt = performance.now();
  let samples = 0;
  for (const batch of batches) {
    await writeWhenTaken(store, batch);
    samples += batch.series.length;
    // Others get their turn, as in life.
    await nextTurn();
  }
  await store.flush();
  return { samples, seconds: (performance.now() - startedAt) / SECOND_MS };
}

/** A two-decimal wave, as most gauges are. */
const waveOf = (series: number, at: number) => Math.round(Math.sin(at / 600_000 + series) * 1e4) / 100;
