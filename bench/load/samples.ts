import type { SampleBatch } from "../../server/metrics/store";

/** As a home with 50 things to watch: 2,000 series, a sample of each every 10 s. */
const INSTANCES = 50;
export const METRICS = 40;
export const SERIES = INSTANCES * METRICS;
export const STEP_MS = 10_000;
/** A month of 10 s. */
const LONG_STEPS = 259_200;
/** Exclusive. Long ago, so that no peer takes a sample for one from the future: 2024-11-23 12:00 UTC. */
export const END_AT = Date.UTC(2024, 10, 23, 12);
export const START_AT = END_AT - LONG_STEPS * STEP_MS;
/** The instances of one interval do not run at the same instant, but each always at its own. */
const PHASE_MS = STEP_MS / INSTANCES;

export type Kind = "constant" | "counter" | "gauge" | "noise" | "status";

/**
 * Of 20 metrics 4 are large integers that seldom change (20 %), 5 counters (25 %), 6 gauges with two decimals (30 %), 3 noise of full
 * precision (15 %) and 2 states of 0 or 1 (10 %). Mixed, so that the first ten series are like all.
 */
const KINDS: readonly Kind[] = [
  ...(["gauge", "counter", "constant", "noise", "gauge", "counter", "status", "gauge", "constant", "counter"] as const),
  ...(["gauge", "counter", "constant", "noise", "gauge", "noise", "status", "gauge", "constant", "counter"] as const),
];

/** By the samples they have: 1.0, 10.0 and 60.8 million. Some series have a month, the others the last steps of it. */
export const SIZES = {
  d1: { longSeries: 2, shortSteps: 242 },
  d10: { longSeries: 20, shortSteps: 2_434 },
  d61: { longSeries: 200, shortSteps: 5_000 },
} as const;
export type Size = keyof typeof SIZES;

export const isSize = (name: string): name is Size => name in SIZES;

/** Series are numbered from 1; the long ones are the first. */
export function countSamples(size: Size): number {
  const { longSeries, shortSteps } = SIZES[size];
  return longSeries * LONG_STEPS + (SERIES - longSeries) * shortSteps;
}

export interface SeriesNames {
  readonly instance: number;
  readonly metric: number;
  readonly kind: Kind;
}

export function nameSeries(series: number): SeriesNames {
  const metric = (series - 1) % METRICS;
  return { instance: Math.floor((series - 1) / METRICS), metric, kind: KINDS[metric % KINDS.length] ?? "gauge" };
}

/**
 * The samples of a size, always the same ones: in the order of their instants, stamped with the scheduled tick, whole steps of all
 * series together until `batchSamples` are reached. Each batch is its receiver's to keep.
 */
export function* generateSamples(size: Size, batchSamples = 20_000): Generator<SampleBatch> {
  const { longSeries, shortSteps } = SIZES[size];
  const sources = Array.from({ length: SERIES }, (_, index) => createSource(index + 1));
  let batch = emptyBatch();
  for (let step = 0; step < LONG_STEPS; step++) {
    const tick = START_AT + step * STEP_MS;
    const count = step >= LONG_STEPS - shortSteps ? SERIES : longSeries;
    for (let index = 0; index < count; index++) {
      batch.series.push(index + 1);
      batch.at.push(tick + phaseOf(index + 1));
      batch.value.push(sources[index]?.() ?? 0);
    }
    if (batch.series.length < batchSamples) continue;
    yield batch;
    batch = emptyBatch();
  }
  if (batch.series.length > 0) yield batch;
}

/** When within each step a series is measured. */
const phaseOf = (series: number) => Math.floor((series - 1) / METRICS) * PHASE_MS;

const emptyBatch = () => ({ series: [] as number[], at: [] as number[], value: [] as number[] });

/** Gives the next value of a series at each call. Its chance is its own: a series is the same in every size. */
export function createSource(series: number): () => number {
  const chance = createChance(series);
  const { kind } = nameSeries(series);
  let value = kind === "constant" ? series * 1e9 : kind === "gauge" ? 20 + (series % 60) : 0;
  return () => {
    value = nextValue(kind, value, chance);
    return value;
  };
}

function nextValue(kind: Kind, value: number, chance: () => number): number {
  switch (kind) {
    case "constant":
      return chance() < 0.002 ? value + Math.floor(chance() * 1e6) : value;
    case "counter":
      return value + Math.floor(chance() * 50_000);
    case "gauge":
      return Math.min(100, Math.max(0, Math.round((value + 2 * chance() - 1) * 100) / 100));
    case "noise":
      return 0.99 * value + 0.01 * chance();
    case "status":
      return chance() < 0.001 ? 0 : 1;
  }
  return kind satisfies never;
}

/** 0 to 1, from a 32-bit state (a Weyl sequence, mixed). */
function createChance(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
