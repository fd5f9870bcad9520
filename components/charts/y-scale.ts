import type { AnyUnit } from "@/components/format";

/** Bottom, top and marks of a value axis. */
export interface YScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Units whose nought is far from where they live, with the least span worth showing. */
const FLOATING: Readonly<Record<string, number>> = { celsius: 10, dbm: 10, volts: 1, timestamp_seconds: 60 };

const WHOLE = 1.005;

/**
 * A ratio runs from 0 to 1 unless it goes beyond; what is never negative begins at 0; temperatures and the like show where
 * they are. Both ends are marks.
 * @param marks how many steps there is room for
 */
export function yScale(range: { low: number; high: number } | null, unit: AnyUnit, marks = 4): YScale {
  if (unit === "bool") return { min: 0, max: 1, step: 1 };
  const low = range?.low ?? 0;
  const high = range?.high ?? 0;
  // Shares of a whole that were rounded add up to a hair more than it.
  if (unit === "ratio" && low >= 0 && high <= WHOLE) return { min: 0, max: 1, step: marks < 4 ? 0.5 : 0.25 };
  const least = FLOATING[unit];
  if (least !== undefined && range) {
    const missing = Math.max(0, least - (high - low)) / 2;
    return spread(low - missing, high + missing, unit, marks);
  }
  return spread(Math.min(0, low), Math.max(0, high), unit, marks);
}

function spread(low: number, high: number, unit: AnyUnit, marks: number): YScale {
  const span = high - low;
  if (!(span > 0)) return { min: 0, max: 1, step: unit === "bytes" || unit === "bytes_per_second" ? 1 : 0.5 };
  const step = stepsOf(unit).find((one) => Math.ceil(high / one) - Math.floor(low / one) <= marks) ?? span / marks;
  return { min: clean(Math.floor(low / step) * step), max: clean(Math.ceil(high / step) * step), step };
}

/** 0.30000000000000004 is 0.3. */
const clean = (value: number) => Number(value.toPrecision(12));

export function marksOf({ min, max, step }: YScale): number[] {
  const count = Math.round((max - min) / step);
  return Array.from({ length: count + 1 }, (_, index) => clean(min + index * step));
}

const powers = (base: number, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => base ** (from + index));
// 25 and 250 read well, 2.5 does not.
const DECIMAL = powers(10, -9, 18).flatMap((power) => [
  power,
  2 * power,
  ...(power < 10 ? [] : [2.5 * power]),
  5 * power,
]);
const BINARY = powers(1_024, 0, 6).flatMap((power) => powers(2, 0, 9).map((times) => times * power));
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const CALENDAR = [
  ...DECIMAL.filter((step) => step < 10),
  ...[10, 15, 20, 30],
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 365, 730, 1_825, 3_650].map((days) => days * DAY),
];

/** Steps that an axis of this unit likes, ascending: binary for bytes, calendar for time, decimal otherwise. */
function stepsOf(unit: AnyUnit): readonly number[] {
  if (unit === "bytes" || unit === "bytes_per_second") return BINARY;
  return unit === "seconds" || unit === "timestamp_seconds" ? CALENDAR : DECIMAL;
}
