import { median } from "./measure-course";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many days before are looked at, and so many must have been measured. */
export const BASELINE_DAYS = 14;
const LEAST_DAYS = 3;
/** Around the hour: what happens at ten to three one day happens at ten past the next. */
const AROUND_MS = 1.5 * HOUR_MS;

/** What a metric was at the same hours of the days before. Pure. */
export interface Baseline {
  /** The middle of the days' averages. */
  readonly median: number;
  /** Half of the days were within so much of it. */
  readonly spread: number;
  readonly days: number;
}

/** @param course averages, at best one an hour, over the days before `at`; undefined with too few days */
export function findBaseline(
  { from, stepMs, avg }: { readonly from: number; readonly stepMs: number; readonly avg: readonly (number | null)[] },
  at: number,
): Baseline | undefined {
  const days: number[] = [];
  for (let day = 1; day <= BASELINE_DAYS; day += 1) {
    const hour = at - day * DAY_MS;
    const values = avg.flatMap((value, index) => {
      const middle = from + (index + 0.5) * stepMs;
      return value !== null && Math.abs(middle - hour) <= AROUND_MS ? [value] : [];
    });
    if (values.length > 0) days.push(values.reduce((sum, value) => sum + value, 0) / values.length);
  }
  if (days.length < LEAST_DAYS) return undefined;
  const middle = median(days);
  return { median: middle, spread: median(days.map((value) => Math.abs(value - middle))), days: days.length };
}
