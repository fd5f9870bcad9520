import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSqlite } from "../server/db/sqlite";
import { openRowStore } from "../server/metrics/rows/row-store";
import type { MetricStore } from "../server/metrics/store";
import { folders } from "../server/places";
import type { BenchResult } from "./result";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;
const SERIES = 2_000;
const LONG_SERIES = 10;
const RUNS = 9;
/** 2026-11-24 13:17:05 UTC: in the middle of an hour and a day, as now always is. */
const NOW = 1_795_526_225_000;

const TARGETS = { chart24h10_ms: 100, chart30d10_ms: 50 };

/** Some series have a day at 10 s, some a month at 60 s, and all others as much of the past at 10 s as `--samples` leaves. */
const dense = idsFrom(1);
const month = idsFrom(1 + LONG_SERIES);
const all = Array.from({ length: SERIES }, (_, index) => index + 1);

/** Latencies of the questions that pages ask, on SQLite with `--samples` samples (a million). Medians of several runs. */
export async function run(args: readonly string[] = []): Promise<BenchResult> {
  const { values } = parseArgs({ args: [...args], options: { samples: { type: "string", default: "1000000" } } });
  const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
  const connection = await openSqlite(join(folder, "unity.db"), { migrationsFolder: folders.migrations });
  const store = await openRowStore(connection);
  try {
    const fillStartedAt = performance.now();
    await fill(store, Number(values.samples));
    const fillMs = performance.now() - fillStartedAt;
    const rollUpStartedAt = performance.now();
    await store.rollUp(NOW);
    const rollUpMs = performance.now() - rollUpStartedAt;
    const { samples, bytes } = await store.stats();
    const measured = await measure(store);
    const figures = {
      samples,
      fill_samples_per_s: round(samples / (fillMs / 1_000)),
      roll_up_all_ms: round(rollUpMs),
      bytes_per_sample: round(bytes / samples),
      ...measured,
      rss_mb: round(process.memoryUsage().rss / 1e6),
    };
    const met = Object.entries(TARGETS).every(([name, target]) => figures[name as keyof typeof TARGETS] < target);
    return { name: "query", figures, targets: TARGETS, met };
  } finally {
    await store.close();
    await connection.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(store: MetricStore) {
  const chart = (series: readonly number[], windowMs: number) => () =>
    store.range({ series, from: NOW - windowMs, to: NOW, maxPoints: 400, minStepMs: 10_000 });
  const top = (series: readonly number[], limit: number, windowMs: number) => () =>
    store.top({ series, from: NOW - windowMs, to: NOW, by: "avg", limit });
  let at = NOW;
  return {
    latest2000_ms: await median(async () => store.latest(all)),
    chart1h1_ms: await median(chart(dense.slice(0, 1), HOUR_MS)),
    chart24h10_ms: await median(chart(dense, DAY_MS)),
    chart7d10_ms: await median(chart(month, 7 * DAY_MS)),
    chart30d10_ms: await median(chart(month, 30 * DAY_MS)),
    top20of2000_ms: await median(top(all, 20, HOUR_MS)),
    top20of2000_24h_ms: await median(top(all, 20, DAY_MS)),
    top10of50_ms: await median(top(all.slice(100, 150), 10, HOUR_MS)),
    mean5min500_ms: await median(() =>
      store.window({ series: all.slice(100, 600), from: NOW - 300 * SECOND_MS, to: NOW }),
    ),
    write2000_ms: await median(async () => {
      at += 10 * SECOND_MS;
      store.write({ series: all, at: all.map(() => at), value: all.map((id) => waveOf(id, at)) });
      await store.flush();
    }),
    stats_ms: await median(() => store.stats()),
  };
}

/** In the order in which time passes, as in life, where each hour's samples come before the next. */
async function fill(store: MetricStore, samples: number): Promise<void> {
  const others = all.slice(2 * LONG_SERIES);
  const fixed = LONG_SERIES * (DAY_MS / (10 * SECOND_MS) + (30 * DAY_MS) / (60 * SECOND_MS));
  const othersMs = Math.max(1, Math.floor((samples - fixed) / others.length)) * 10 * SECOND_MS;
  for (let hour = NOW - 30 * DAY_MS; hour < NOW; hour += HOUR_MS) {
    const end = Math.min(NOW, hour + HOUR_MS);
    addSamples(store, { series: month, from: hour, to: end, everyMs: 60 * SECOND_MS });
    addSamples(store, { series: dense, from: Math.max(hour, NOW - DAY_MS), to: end, everyMs: 10 * SECOND_MS });
    addSamples(store, { series: others, from: Math.max(hour, NOW - othersMs), to: end, everyMs: 10 * SECOND_MS });
    await store.flush();
  }
}

function addSamples(
  store: MetricStore,
  { series, from, to, everyMs }: { series: readonly number[]; from: number; to: number; everyMs: number },
): void {
  for (let at = from; at < to; at += everyMs) {
    store.write({ series, at: series.map(() => at), value: series.map((id) => waveOf(id, at)) });
  }
}

/** A two-decimal wave, as most gauges are. */
const waveOf = (series: number, at: number) => Math.round(Math.sin(at / 600_000 + series) * 1e4) / 100;

async function median(work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let count = 0; count < RUNS; count++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return round(times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0);
}

function idsFrom(first: number): number[] {
  return Array.from({ length: LONG_SERIES }, (_, index) => first + index);
}
const round = (value: number) => Math.round(value * 100) / 100;
