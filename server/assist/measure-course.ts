import type { z } from "zod";
import type { Course, Trend } from "./shapes/query-context";

/** Averages, minima and maxima of buckets that begin at `from`; null is a gap. */
export interface Columns {
  readonly from: number;
  readonly stepMs: number;
  readonly avg: readonly (number | null)[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
}

/** Since the first of its samples: it may be measured for less time than was asked for. */
export function measuredSeconds({ avg, stepMs }: Pick<Columns, "avg" | "stepMs">): number {
  const first = avg.findIndex((one) => one !== null);
  return first === -1 ? 0 : Math.round(((avg.length - first) * stepMs) / 1_000);
}

/** A straight line through points, by least squares. */
export interface Line {
  /** A millisecond. */
  readonly slope: number;
  /** Of the slope: two of them to either side hold it nineteen times of twenty. */
  readonly slopeError: number;
  /** How much of what happened the line says: 1 is all. */
  readonly fit: number;
  /** How far points lie from their mean. */
  readonly deviation: number;
  readonly points: number;
  /** Between the first and the last point. */
  readonly spanMs: number;
}

const HOUR_MS = 3_600_000;
/** Fewer say nothing. */
const LEAST_POINTS = 4;
/** A line that says less than this of what happened is none: one through a day's ups and downs says 0.61 of them. */
export const LEAST_FIT = 0.65;
/** What changes by less, of its own size, stays as it is. */
const LEAST_CHANGE = 0.02;

/** Undefined with too few points. */
export function fitLine({ from, stepMs, avg }: Pick<Columns, "from" | "stepMs" | "avg">): Line | undefined {
  const points = avg.flatMap((value, index) => (value === null ? [] : [{ at: from + index * stepMs, value }]));
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < LEAST_POINTS) return undefined;
  const meanAt = mean(points.map(({ at }) => at - first.at));
  const meanValue = mean(points.map(({ value }) => value));
  let squares = 0;
  let products = 0;
  let values = 0;
  for (const { at, value } of points) {
    const dx = at - first.at - meanAt;
    const dy = value - meanValue;
    squares += dx * dx;
    products += dx * dy;
    values += dy * dy;
  }
  const slope = products / squares;
  const left = Math.max(0, values - slope * products);
  return {
    slope,
    slopeError: Math.sqrt(left / (points.length - 2) / squares),
    fit: values === 0 ? 0 : 1 - left / values,
    deviation: Math.sqrt(values / points.length),
    points: points.length,
    spanMs: last.at - first.at,
  };
}

export function trendOf(columns: Columns): z.output<typeof Trend> {
  const line = fitLine(columns);
  if (!line) return { direction: "unknown", perHour: null };
  const change = Math.abs(line.slope * line.spanMs);
  const size = Math.max(...columns.max.flatMap((value) => (value === null ? [] : [Math.abs(value)])), 0);
  const isSteady = line.fit < LEAST_FIT || change <= size * LEAST_CHANGE;
  const direction = isSteady ? "steady" : line.slope > 0 ? "rising" : "falling";
  return { direction, perHour: tidy(line.slope * HOUR_MS) };
}

/** @param columns undefined: nothing was measured */
export function measureCourse(columns: Columns | undefined): z.output<typeof Course> {
  const maxima = columns?.max ?? [];
  const known = maxima.flatMap((value) => (value === null ? [] : [value]));
  if (!columns || known.length === 0)
    return { min: null, avg: null, max: null, maxAt: null, trend: { direction: "unknown", perHour: null } };
  const max = known.reduce((a, b) => Math.max(a, b));
  const averages = columns.avg.flatMap((value) => (value === null ? [] : [value]));
  const minima = columns.min.flatMap((value) => (value === null ? [] : [value]));
  return {
    min: tidy(minima.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)),
    avg: tidy(mean(averages)),
    max: tidy(max),
    maxAt: columns.from + maxima.indexOf(max) * columns.stepMs,
    trend: trendOf(columns),
  };
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** Six digits: what was measured is no finer, and a text of it is not longer than it says. */
export const tidy = (value: number): number => Number(value.toPrecision(6));
