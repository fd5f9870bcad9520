import type { Grid } from "../grid";
import type { RangeSeries, WindowSummary } from "../store";

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

/** One summary a series that has data, in the order asked for. */
export function toSummaries(
  series: readonly number[],
  rows: Iterable<BucketRow>,
  last: ReadonlyMap<number, number>,
): WindowSummary[] {
  const totals = new Map<number, { count: number; sum: number; min: number; max: number }>();
  for (const [id, , count, sum, min, max] of rows) {
    const total = totals.get(id) ?? { count: 0, sum: 0, min, max };
    total.count += count;
    total.sum += sum;
    total.min = Math.min(total.min, min);
    total.max = Math.max(total.max, max);
    totals.set(id, total);
  }
  return series.flatMap((id) => {
    const total = totals.get(id);
    if (!total) return [];
    const { count, min, max } = total;
    return [{ series: id, count, avg: averageOf(total), min, max, last: last.get(id) ?? max }];
  });
}

const emptySums = (length: number): Sums => ({
  count: new Float64Array(length),
  sum: new Float64Array(length),
  min: new Array<null>(length).fill(null),
  max: new Array<null>(length).fill(null),
});

function averages({ count, sum, min, max }: Sums): (number | null)[] {
  return min.map((low, index) => {
    const high = max[index] ?? null;
    if (low === null || high === null) return null;
    return averageOf({ count: count[index] ?? 1, sum: sum[index] ?? 0, min: low, max: high });
  });
}

/** Rounding and sums beyond a double may carry an average out of its own minimum and maximum: it is held between them. */
function averageOf({ count, sum, min, max }: { count: number; sum: number; min: number; max: number }): number {
  const average = sum / count;
  return Math.min(max, Math.max(min, Number.isNaN(average) ? 0 : average));
}
