import { setImmediate as nextTurn } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ChunkStore } from "../server/metrics/chunks/chunk-store";
import type { Retention } from "../server/metrics/store";
import { createSource, STEP_MS } from "./load/samples";
import { median, percentile } from "./measure/percentile";
import { readUsage } from "./measure/process-usage";
import type { Measured } from "./result";
import { writeWhenTaken } from "./stores/fill";
import { openBenchPlace } from "./stores/open-bench-place";
import { chooseEngines, type EngineName } from "./stores/open-bench-store";
import { openClockedStore } from "./stores/open-clocked-store";

const DAY_MS = 86_400_000;
/** At a sample in 10 s, a million a day. */
const SERIES = Array.from({ length: 116 }, (_, index) => index + 1);
/** 2024-11-25 00:00 UTC. */
const START_AT = 1_732_492_800_000;
const STEPS_PER_DAY = DAY_MS / STEP_MS;
/** About 20,000 samples a write. */
const STEPS_PER_WRITE = 172;
const RETENTION: Retention = { rawMs: 30 * DAY_MS, hourlyMs: 365 * DAY_MS, dailyMs: 5 * 365 * DAY_MS };
const FLUSHES = 200;
const RUNS = 15;

type Figures = Record<string, number>;

/**
 * A million samples a day for `--days` (365), in compressed time, with rollups and retention every night as in production (30 days raw,
 * a year of hours, five of days): what is on the disk then, what a flush takes, and how fast questions are answered.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { days: { type: "string", default: "365" }, engine: { type: "string", multiple: true } },
  });
  const figures: Figures = {};
  const targets: Figures = {};
  for (const engine of chooseEngines(values.engine ?? ["sqlite", "postgres"])) {
    const measured = await live(engine, Number(values.days));
    for (const [figure, value] of Object.entries(measured)) figures[`${engine}_${figure}`] = value;
    targets[`${engine}_flush_p95_ms`] = 50;
    targets[`${engine}_raw1h1_ms`] = 1;
    targets[`${engine}_chart24h10_ms`] = 10;
    targets[`${engine}_chart30d10_ms`] = 10;
    targets[`${engine}_chart1y10_ms`] = 30;
  }
  const notes = [
    `${SERIES.length} series of all kinds, a sample in 10 s each. Tables in MB, as the database counts them at the end. bytes_per_sample: of everything, by the raw samples that are kept.`,
    `flush: ${FLUSHES} of one step of all series at the end. night: rolling up a day, and dropping what is too old.`,
  ];
  return { figures, targets, notes };
}

async function live(engine: EngineName, days: number): Promise<Figures> {
  const place = await openBenchPlace(engine);
  let clock = START_AT;
  const { store, close } = await openClockedStore(place.url, () => clock);
  try {
    const sources = SERIES.map(createSource);
    const nights: number[] = [];
    const startedAt = performance.now();
    for (let day = 0; day < days; day++) {
      for (let step = 0; step < STEPS_PER_DAY; step += STEPS_PER_WRITE) {
        const steps = Math.min(STEPS_PER_WRITE, STEPS_PER_DAY - step);
        clock = START_AT + day * DAY_MS + step * STEP_MS;
        await writeWhenTaken(store, batchOf(sources, clock, steps));
        await nextTurn();
      }
      clock = START_AT + (day + 1) * DAY_MS;
      await store.flush();
      const nightAt = performance.now();
      await store.rollUp(clock);
      await store.prune(clock, RETENTION);
      nights.push(performance.now() - nightAt);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const tick = () => {
      clock += STEP_MS;
      return batchOf(sources, clock, 1);
    };
    const flushes = await measureFlushes(store, tick);
    return {
      days,
      samples_written: days * STEPS_PER_DAY * SERIES.length,
      ...(await measureSizes(store)),
      flush_p50_ms: median(flushes),
      flush_p95_ms: percentile(flushes, 0.95),
      night_p50_ms: median(nights),
      night_p95_ms: percentile(nights, 0.95),
      ...(await ask(store, clock)),
      year_took_seconds: seconds,
      rss_mb: readUsage(process.pid).rssMb,
    };
  } finally {
    await close();
    await place.remove();
  }
}

function batchOf(sources: readonly (() => number)[], from: number, steps: number) {
  const batch = { series: [] as number[], at: [] as number[], value: [] as number[] };
  for (let step = 0; step < steps; step++) {
    for (const [index, next] of sources.entries()) {
      batch.series.push(SERIES[index] ?? 0);
      batch.at.push(from + step * STEP_MS);
      batch.value.push(next());
    }
  }
  return batch;
}

async function measureFlushes(store: ChunkStore, tick: () => ReturnType<typeof batchOf>): Promise<number[]> {
  await store.flush();
  const times: number[] = [];
  for (let flush = 0; flush < FLUSHES; flush++) {
    const startedAt = performance.now();
    store.write(tick());
    await store.flush();
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function measureSizes(store: ChunkStore): Promise<Figures> {
  const { samples, bytes, tables = [] } = await store.stats();
  const sizes = tables.map(({ name, bytes: size }) => [`${name.replace("plugin_metrics_", "")}_mb`, size / 1e6]);
  return {
    ...Object.fromEntries(sizes),
    total_mb: bytes / 1e6,
    raw_samples: samples,
    bytes_per_sample: bytes / samples,
  };
}

async function ask(store: ChunkStore, now: number): Promise<Figures> {
  const charted = SERIES.slice(0, 10);
  const chart = (series: readonly number[], windowMs: number) =>
    store.range({ series, from: now - windowMs, to: now, maxPoints: 400, minStepMs: STEP_MS });
  const questions: Readonly<Record<string, (run: number) => Promise<unknown>>> = {
    latest: async () => store.latest(SERIES),
    raw1h1: (run) => chart([1 + ((run * 67) % SERIES.length)], DAY_MS / 24),
    chart24h10: () => chart(charted, DAY_MS),
    chart30d10: () => chart(charted, 30 * DAY_MS),
    chart1y10: () => chart(charted, 365 * DAY_MS),
  };
  const figures: Figures = {};
  for (const [name, question] of Object.entries(questions)) {
    await question(0);
    const times: number[] = [];
    for (let run = 1; run <= RUNS; run++) {
      const startedAt = performance.now();
      await question(run);
      times.push(performance.now() - startedAt);
    }
    figures[`${name}_ms`] = median(times);
  }
  return figures;
}
