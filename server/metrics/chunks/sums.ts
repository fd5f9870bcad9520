import type { Grid } from "../grid";
import type { RangeSeries, WindowSummary } from "../store";
import type { ReadChunk } from "./chunk-row";
import type { Buckets } from "./codec/buckets";
import type { Decoded } from "./codec/decoded";
import type { Even } from "./codec/integers";
import type { Samples } from "./codec/samples";
import { lowerBound } from "./head";

/** The buckets of one series while they are added up. */
export interface Sums {
  readonly grid: Grid;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** The newest value of all, and an instant that orders it: its own, or its bucket's. */
  last: number;
  lastAt: number;
}

export function createSums(grid: Grid): Sums {
  return {
    grid,
    count: new Float64Array(grid.length),
    sum: new Float64Array(grid.length),
    min: new Float64Array(grid.length).fill(Number.POSITIVE_INFINITY),
    max: new Float64Array(grid.length).fill(Number.NEGATIVE_INFINITY),
    last: 0,
    lastAt: Number.NEGATIVE_INFINITY,
  };
}

/** Adds the samples of a window. Instants are in order, so a bucket is left only once. */
export function addSamples(sums: Sums, { at, value }: Samples, { from, to }: { from: number; to: number }): void {
  const { grid } = sums;
  const end = (at[at.length - 1] ?? 0) < to ? at.length : lowerBound(at, to);
  let index = (at[0] ?? to) >= from ? 0 : lowerBound(at, from);
  if (index >= end) return;
  while (index < end) {
    const bucket = Math.floor(((at[index] ?? 0) - grid.from) / grid.stepMs);
    const until = grid.from + (bucket + 1) * grid.stepMs;
    const start = index++;
    while (index < end && (at[index] ?? 0) < until) index++;
    if (bucket >= 0 && bucket < grid.length) addRun(sums, bucket, value, start, index);
  }
  see(sums, at[end - 1] ?? 0, value[end - 1] ?? 0);
}

/** As `addSamples`, of what is decoded just so far. */
export function addDecoded(sums: Sums, decoded: Decoded, window: { from: number; to: number }): void {
  const { count, even, at, scaled, power } = decoded;
  if (!even || count === 0) {
    const value = scaled.subarray(0, count);
    if (power !== 1) for (let index = 0; index < count; index++) value[index] = (value[index] ?? 0) / power;
    addSamples(sums, { at: at.subarray(0, count), value }, window);
    return;
  }
  const { grid } = sums;
  const end = Math.min(count, placeOf(even, window.to));
  let index = placeOf(even, window.from);
  if (index >= end) return;
  while (index < end) {
    const bucket = Math.floor((even.first + index * even.step - grid.from) / grid.stepMs);
    const start = index;
    index = Math.min(end, placeOf(even, grid.from + (bucket + 1) * grid.stepMs));
    if (bucket >= 0 && bucket < grid.length) addRun(sums, bucket, scaled, start, index, power);
  }
  see(sums, even.first + (end - 1) * even.step, (scaled[end - 1] ?? 0) / power);
}

/** Of the first sample that is not before an instant, as if they had no end. */
const placeOf = ({ first, step }: Even, instant: number) => Math.max(0, Math.ceil((instant - first) / step));

/** Values that lie in one bucket, each to be divided by `power`, which keeps their order. */
function addRun(
  { count, sum, min, max }: Sums,
  bucket: number,
  value: Float64Array,
  start: number,
  end: number,
  power = 1,
): void {
  let total = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = start; index < end; index++) {
    const one = value[index] ?? 0;
    total += one;
    if (one < low) low = one;
    if (one > high) high = one;
  }
  count[bucket] = (count[bucket] ?? 0) + end - start;
  sum[bucket] = (sum[bucket] ?? 0) + total / power;
  min[bucket] = Math.min(min[bucket] ?? 0, low / power);
  max[bucket] = Math.max(max[bucket] ?? 0, high / power);
}

/** Adds a chunk that lies in one bucket as a whole, by its figures. */
export function addFigures(sums: Sums, chunk: ReadChunk): void {
  const { startAt: at, samples, sum, min, max } = chunk;
  addBucket(sums, { at, count: samples, sum, min, max });
  see(sums, chunk.endAt, chunk.last);
}

/** Adds the rolled-up buckets of a window; each lies in one of the sums' as a whole. */
export function addBuckets(sums: Sums, buckets: Buckets, { from, to }: { from: number; to: number }): void {
  const end = lowerBound(buckets.at, to);
  const start = lowerBound(buckets.at, from);
  for (let index = start; index < end; index++) {
    addBucket(sums, {
      at: buckets.at[index] ?? 0,
      count: buckets.count[index] ?? 0,
      sum: buckets.sum[index] ?? 0,
      min: buckets.min[index] ?? 0,
      max: buckets.max[index] ?? 0,
    });
  }
  if (end > start) see(sums, buckets.at[end - 1] ?? 0, buckets.last[end - 1] ?? 0);
}

function addBucket(
  { grid, count, sum, min, max }: Sums,
  one: { at: number; count: number; sum: number; min: number; max: number },
): void {
  const bucket = Math.floor((one.at - grid.from) / grid.stepMs);
  if (bucket < 0 || bucket >= grid.length) return;
  count[bucket] = (count[bucket] ?? 0) + one.count;
  sum[bucket] = (sum[bucket] ?? 0) + one.sum;
  if (one.min < (min[bucket] ?? 0)) min[bucket] = one.min;
  if (one.max > (max[bucket] ?? 0)) max[bucket] = one.max;
}

function see(sums: Sums, at: number, value: number): void {
  if (at < sums.lastAt) return;
  sums.lastAt = at;
  sums.last = value;
}

export function toRangeSeries(series: number, { count, sum, min, max }: Sums): RangeSeries {
  const avg = new Array<number | null>(count.length).fill(null);
  const low = new Array<number | null>(count.length).fill(null);
  const high = new Array<number | null>(count.length).fill(null);
  for (let index = 0; index < count.length; index++) {
    const samples = count[index] ?? 0;
    if (samples === 0) continue;
    const least = min[index] ?? 0;
    const most = max[index] ?? 0;
    low[index] = least;
    high[index] = most;
    avg[index] = averageOf((sum[index] ?? 0) / samples, least, most);
  }
  return { series, avg, min: low, max: high };
}

/** The one bucket of a window; nothing when it is empty. */
export function toSummary(series: number, { count, sum, min, max, last }: Sums): WindowSummary[] {
  const samples = count[0] ?? 0;
  const least = min[0] ?? 0;
  const most = max[0] ?? 0;
  if (samples === 0) return [];
  const avg = averageOf((sum[0] ?? 0) / samples, least, most);
  return [{ series, count: samples, avg, min: least, max: most, last }];
}

/** Rounding and sums beyond a double may carry an average out of its own minimum and maximum: it is held between them. */
const averageOf = (average: number, min: number, max: number) =>
  Math.min(max, Math.max(min, Number.isNaN(average) ? 0 : average));
