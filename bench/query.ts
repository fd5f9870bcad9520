import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { MetricStore } from "../server/metrics/store";
import { openEmbeddedStores } from "../server/open-stores";
import { median } from "./measure/percentile";
import type { Measured } from "./result";

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
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { samples: { type: "string", default: "1000000" } } });
  const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
  const { store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  try {
    const fillStartedAt = performance.now();
    await fill(store, Number(values.samples));
    const fillMs = performance.now() - fillStartedAt;
    const rollUpStartedAt = performance.now();
    await store.rollUp(NOW);
    const rollUpMs = performance.now() - rollUpStartedAt;
    const { samples, bytes } = await store.stats();
    const figures = {
      samples,
      fill_samples_per_s: samples / (fillMs / 1_000),
      roll_up_all_ms: rollUpMs,
      bytes_per_sample: bytes / samples,
      ...(await measure(store)),
      rss_mb: process.memoryUsage().rss / 1e6,
    };
    const notes = [
      `Medians of ${RUNS} runs after one that nobody counts. chart24h10: 24 hours of 10 series. _cpu_ms: processor time of all threads.`,
    ];
    return { figures, targets: TARGETS, notes };
  } finally {
    await store.close();
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(store: MetricStore) {
  const chart = (series: readonly number[], windowMs: number) => () =>
    store.range({ series, from: NOW - windowMs, to: NOW, maxPoints: 400, minStepMs: 10_000 });
  const top = (series: readonly number[], limit: number, windowMs: number) => () =>
    store.top({ series, from: NOW - windowMs, to: NOW, by: "avg", limit });
  let at = NOW;
  const questions: Readonly<Record<string, () => Promise<unknown>>> = {
    latest2000: async () => store.latest(all),
    chart1h1: chart(dense.slice(0, 1), HOUR_MS),
    chart24h10: chart(dense, DAY_MS),
    chart7d10: chart(month, 7 * DAY_MS),
    chart30d10: chart(month, 30 * DAY_MS),
    top20of2000: top(all, 20, HOUR_MS),
    top20of2000_24h: top(all, 20, DAY_MS),
    top10of50: top(all.slice(100, 150), 10, HOUR_MS),
    mean5min500: () => store.window({ series: all.slice(100, 600), from: NOW - 300 * SECOND_MS, to: NOW }),
    write2000: async () => {
      at += 10 * SECOND_MS;
      store.write({ series: all, at: all.map(() => at), value: all.map((id) => waveOf(id, at)) });
      await store.flush();
    },
    stats: () => store.stats(),
  };
  const figures: Record<string, number> = {};
  for (const [name, ask] of Object.entries(questions)) {
    const { wallMs, cpuMs } = await spend(ask);
    figures[`${name}_ms`] = wallMs;
    if (`${name}_ms` in TARGETS) figures[`${name}_cpu_ms`] = cpuMs;
  }
  return figures;
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

async function spend(work: () => Promise<unknown>): Promise<{ wallMs: number; cpuMs: number }> {
  await work();
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let count = 0; count < RUNS; count++) {
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    await work();
    wall.push(performance.now() - startedAt);
    const { user, system } = process.cpuUsage(cpuBefore);
    cpu.push((user + system) / 1_000);
  }
  return { wallMs: median(wall), cpuMs: median(cpu) };
}

function idsFrom(first: number): number[] {
  return Array.from({ length: LONG_SERIES }, (_, index) => first + index);
}
