import type { Figure } from "./figures";
import type { PastHour } from "./past-hour";

type Column = readonly (number | null)[];

/** The past hour of figures as lines, combined from the buckets of their series as their values are. */
export function createSparks(hour: PastHour): (figure: Figure) => (number | null)[] {
  const columns = new Map(hour.series.map((line) => [line.series, line.avg]));
  return (figure) => {
    const own = figure.series.flatMap((id) => {
      const column = columns.get(id);
      return column ? [column] : [];
    });
    if (own.length === 0) return [];
    const only = own.length === 1 ? own[0] : undefined;
    const line = Array.from({ length: hour.length }, (_, index) => {
      const value = only?.[index] ?? null;
      if (only) return value === null ? null : short(value);
      return combine(figure, own, index);
    });
    return carried(line, heldBuckets(figure, hour.stepMs));
  };
}

/** What is measured every five minutes stands for five minutes: a line, not a row of dots. After that a gap is a gap. */
function carried(line: (number | null)[], buckets: number): (number | null)[] {
  let held: number | null = null;
  let left = 0;
  return line.map((value) => {
    left = value === null ? left - 1 : buckets;
    held = value ?? (left >= 0 ? held : null);
    return held;
  });
}

/** A figure is stale after three of its intervals and five seconds. */
const heldBuckets = ({ staleAfterMs }: Figure, stepMs: number) => Math.ceil((staleAfterMs - 5_000) / 3 / stepMs) - 1;

function combine(figure: Figure, columns: readonly Column[], index: number): number | null {
  const values = columns.map((column) => column[index]).filter((value): value is number => typeof value === "number");
  return values.length === 0 ? null : short(combineValues(figure, values));
}

function combineValues({ combine: how }: Figure, values: readonly number[]): number {
  if (how === "max") return Math.max(...values);
  if (how === "min") return Math.min(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return how === "sum" ? sum : sum / values.length;
}

/** True when a figure's newest value asks for attention. @param latest newest value by series */
export function isBeyond(figure: Figure, latest: ReadonlyMap<number, number>): boolean {
  const values = figure.series.flatMap((id) => latest.get(id) ?? []);
  const limit = figure.warn ?? figure.bad;
  if (values.length === 0 || limit === null) return false;
  const value = combineValues(figure, values);
  return figure.lowIsBad ? value <= limit : value >= limit;
}

/** A line 24 pixels high: four digits say all of it, and the page is a third of its size. A whole number is short as it is. */
const short = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));
