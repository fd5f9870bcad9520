import { CLOCK_SET_BACK_MS } from "./step";

/** What is remembered of one series, so that a rule may look back. Bounded: 240 buckets, however many samples. */

const BUCKETS = 240;
/** A line through fewer points, or through less than this part of its window, is a guess. */
const LEAST_POINTS = 8;
const LEAST_SPAN = 0.5;
/** A series is missed after three of its readings. */
const READINGS_MISSED = 3;

interface Bucket {
  readonly from: number;
  firstAt: number;
  lastAt: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  first: number;
  last: number;
  /** Sums of the steps up, and how many steps were none. */
  rises: number;
  changes: number;
  /** Of value times the time since the sample before: what a rate counted. */
  counted: number;
}

export type WindowFigure = "avg" | "min" | "max" | "sum" | "p95" | "increase" | "changes" | "rate";

export interface SeriesWindow {
  /** Samples in order of time. After a clock was set back, what comes after is forgotten. */
  push(at: number, value: number): void;
  /** What is left of samples of long ago, in order of time and before them: averages of so many milliseconds. */
  pushPast(at: number, past: { avg: number; min: number; max: number }, stepMs: number): void;
  /** Undefined where nothing is in the window, or too little to tell. @param isRate the series is a counter's, stored by the second */
  read(figure: WindowFigure, now: number, isRate: boolean): number | undefined;
  /** Where the line through the window is `aheadMs` after now. */
  forecast(now: number, aheadMs: number): number | undefined;
}

/** @param windowMs as far back as it is asked @param maxStepMs longer gaps count as this: nothing was counted while nobody looked */
export function createWindow(windowMs: number, maxStepMs: number): SeriesWindow {
  const bucketMs = Math.max(1_000, Math.ceil(windowMs / BUCKETS / 1_000) * 1_000);
  let buckets: Bucket[] = [];
  let before: { at: number; value: number } | undefined;

  function within(now: number): Bucket[] {
    const from = now - windowMs;
    const first = buckets.findIndex((bucket) => bucket.from + bucketMs > from);
    if (first < 0) buckets = [];
    else if (first > 0) buckets = buckets.slice(first);
    return buckets;
  }

  function bucketAt(at: number, value: number): Bucket {
    const from = Math.floor(at / bucketMs) * bucketMs;
    const last = buckets.at(-1);
    if (last?.from === from) return last;
    within(at);
    const none = { count: 0, sum: 0, rises: 0, changes: 0, counted: 0 };
    const bucket = { from, firstAt: at, lastAt: at, min: value, max: value, first: value, last: value, ...none };
    buckets.push(bucket);
    return bucket;
  }

  /** @param elapsedMs that it stands for, when it is a counter's rate */
  function add(
    at: number,
    { avg, min, max }: { avg: number; min: number; max: number },
    count: number,
    elapsedMs: number,
  ) {
    const bucket = bucketAt(at, avg);
    bucket.count += count;
    bucket.sum += avg * count;
    bucket.min = Math.min(bucket.min, min);
    bucket.max = Math.max(bucket.max, max);
    bucket.last = avg;
    bucket.lastAt = at;
    bucket.counted += (avg * elapsedMs) / 1_000;
    if (before) {
      bucket.rises += Math.max(0, avg - before.value);
      if (avg !== before.value) bucket.changes += 1;
    }
    before = { at, value: avg };
  }

  return {
    push(at, value) {
      if (before && at <= before.at) {
        if (at > before.at - CLOCK_SET_BACK_MS) return;
        buckets = buckets.filter(({ from }) => from + bucketMs <= at);
        before = undefined;
      }
      const elapsedMs = before ? Math.min(at - before.at, maxStepMs) : maxStepMs / READINGS_MISSED;
      add(at, { avg: value, min: value, max: value }, 1, elapsedMs);
    },
    pushPast(at, past, stepMs) {
      if (before && at <= before.at) return;
      add(at, past, Math.max(1, Math.round((stepMs * READINGS_MISSED) / maxStepMs)), stepMs);
    },
    read: (figure, now, isRate) => figureOf(within(now), figure, isRate),
    forecast(now, aheadMs) {
      const seen = within(now);
      if (now - (seen[0]?.firstAt ?? now) < windowMs * LEAST_SPAN) return undefined;
      const slope = slopeOf(
        seen.map(({ firstAt, lastAt, count, sum }) => ({ at: (firstAt + lastAt) / 2, value: sum / count })),
      );
      return slope === undefined || !before ? undefined : before.value + slope * aheadMs;
    },
  };
}

function figureOf(seen: readonly Bucket[], figure: WindowFigure, isRate: boolean): number | undefined {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return undefined;
  const total = (of: (bucket: Bucket) => number) => seen.reduce((sum, bucket) => sum + of(bucket), 0);
  switch (figure) {
    case "avg":
      return total(({ sum }) => sum) / total(({ count }) => count);
    case "sum":
      return total(({ sum }) => sum);
    case "min":
      return Math.min(...seen.map(({ min }) => min));
    case "max":
      return Math.max(...seen.map(({ max }) => max));
    case "p95":
      return percentile95(seen.map(({ sum, count }) => sum / count));
    case "changes":
      return total(({ changes }) => changes);
    case "increase":
      return isRate ? total(({ counted }) => counted) : total(({ rises }) => rises);
    case "rate":
      if (isRate) return total(({ sum }) => sum) / total(({ count }) => count);
      return last.lastAt > first.firstAt
        ? ((last.last - first.first) * 1_000) / (last.lastAt - first.firstAt)
        : undefined;
    default:
      return figure satisfies never;
  }
}

/** Of the averages of the buckets; with no more samples than buckets, of the samples. */
function percentile95(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)];
}

/** Least squares, a millisecond. */
function slopeOf(points: readonly { at: number; value: number }[]): number | undefined {
  if (points.length < LEAST_POINTS) return undefined;
  const origin = points[0]?.at ?? 0;
  const meanAt = points.reduce((sum, { at }) => sum + (at - origin), 0) / points.length;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  let [products, squares] = [0, 0];
  for (const { at, value } of points) {
    products += (at - origin - meanAt) * (value - mean);
    squares += (at - origin - meanAt) ** 2;
  }
  return products / squares;
}
