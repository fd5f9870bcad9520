import type { Grid } from "../grid";
import type { RangeSeries } from "../store";

/** A bucket as the SQL gives it: series, bucket's start, count, sum, minimum, maximum. */
export type BucketRow = readonly [series: number, at: number, count: number, sum: number, min: number, max: number];

interface Sums {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: (number | null)[];
  readonly max: (number | null)[];
}

/** Buckets from several tiers put together: a bucket that two tiers share is the sum of both. */
export function toColumns(series: readonly number[], grid: Grid, rows: Iterable<BucketRow>): RangeSeries[] {
  const bySeries = new Map<number, Sums>(series.map((id) => [id, emptySums(grid.length)]));
  for (const [id, at, count, sum, min, max] of rows) {
    const sums = bySeries.get(id);
    const index = Math.round((at - grid.from) / grid.stepMs);
    if (!sums || index < 0 || index >= grid.length) continue;
    sums.count[index] = (sums.count[index] ?? 0) + count;
    sums.sum[index] = (sums.sum[index] ?? 0) + sum;
    sums.min[index] = Math.min(sums.min[index] ?? min, min);
    sums.max[index] = Math.max(sums.max[index] ?? max, max);
  }
  return [...bySeries].map(([id, sums]) => ({ series: id, avg: averages(sums), min: sums.min, max: sums.max }));
}

const emptySums = (length: number): Sums => ({
  count: new Float64Array(length),
  sum: new Float64Array(length),
  min: new Array<null>(length).fill(null),
  max: new Array<null>(length).fill(null),
});

/** Rounding may carry an average out of its own minimum and maximum: it is held between them. */
function averages({ count, sum, min, max }: Sums): (number | null)[] {
  return min.map((low, index) => {
    const samples = count[index] ?? 0;
    const high = max[index] ?? null;
    if (samples === 0 || low === null || high === null) return null;
    return Math.min(high, Math.max(low, (sum[index] ?? 0) / samples));
  });
}
