/** The pure part of a chart: which lines it shows, on which instants, and what they amount to. Null is a gap. */

type Column = readonly (number | null)[];

/** Columns of equal length on the chart's grid. Labels are collected text: hostile, shown as text nodes only. */
export interface ChartLine {
  readonly key: string;
  readonly label: string;
  readonly avg: Column;
  readonly min: Column;
  readonly max: Column;
}

export interface LineFigures {
  /** Of the newest bucket that has one. */
  readonly last: number | null;
  readonly min: number | null;
  readonly avg: number | null;
  readonly max: number | null;
}

export function figuresOf({ avg, min, max }: ChartLine): LineFigures {
  let last: number | null = null;
  let low: number | null = null;
  let high: number | null = null;
  let sum = 0;
  let count = 0;
  avg.forEach((value, index) => {
    if (value === null) return;
    last = value;
    sum += value;
    count += 1;
    const bottom = min[index] ?? value;
    const top = max[index] ?? value;
    if (low === null || bottom < low) low = bottom;
    if (high === null || top > high) high = top;
  });
  return { last, min: low, avg: count === 0 ? null : sum / count, max: high };
}

/** The `limit` lines with the highest average, in the order given; more than a dozen are no longer told apart. */
export function topLines(lines: readonly ChartLine[], limit: number): readonly ChartLine[] {
  if (lines.length <= limit) return lines;
  const ranked = lines
    .map((line, index) => ({ index, weight: figuresOf(line).avg ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, limit);
  const kept = new Set(ranked.map(({ index }) => index));
  return lines.filter((_, index) => kept.has(index));
}

/** True when buckets hold several samples that differ: then minimum and maximum say more than the average. */
export function hasSpread(lines: readonly ChartLine[]): boolean {
  return lines.some(({ min, max }) => min.some((low, index) => low !== null && low !== max[index]));
}

export const isEmpty = (lines: readonly ChartLine[]): boolean =>
  lines.every(({ avg }) => avg.every((value) => value === null));

/** Bucket starts. @param gridFrom epoch milliseconds of the first */
export function instants(gridFrom: number, stepMs: number, length: number): number[] {
  return Array.from({ length }, (_, index) => gridFrom + index * stepMs);
}

/** Each line on top of those before it. A gap counts as nothing, unless all have it. */
export function stack(lines: readonly ChartLine[]): (number | null)[][] {
  const length = lines[0]?.avg.length ?? 0;
  const sums = new Array<number>(length).fill(0);
  const measured = Array.from({ length }, (_, index) => lines.some(({ avg }) => typeof avg[index] === "number"));
  return lines.map(({ avg }) =>
    sums.map((sum, index) => {
      const next = sum + Math.max(0, avg[index] ?? 0);
      sums[index] = next;
      return measured[index] ? next : null;
    }),
  );
}

/** Lowest and highest of all that is drawn; null when nothing is. @param withSpread the band counts too */
export function extent(lines: readonly ChartLine[], withSpread: boolean): { low: number; high: number } | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    for (const value of withSpread ? line.min : line.avg) if (value !== null && value < low) low = value;
    for (const value of withSpread ? line.max : line.avg) if (value !== null && value > high) high = value;
  }
  return low <= high ? { low, high } : null;
}

/** Points with a gap on both sides: no line reaches them, so they are drawn as dots. */
export function lonePoints(column: Column): number[] {
  return column.flatMap((value, index) =>
    value !== null && (column[index - 1] ?? null) === null && (column[index + 1] ?? null) === null ? [index] : [],
  );
}
