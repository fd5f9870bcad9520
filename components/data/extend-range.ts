import type { LiveMessage, Range } from "./outputs";

/**
 * A chart's data with live samples added at its right edge: buckets move left as time goes on, so that the window keeps its
 * length. A bucket of several samples is averaged as they come; the next read brings the exact figures.
 * @param intervalMs how often the instance is collected
 */
export function extendRange(range: Range, message: LiveMessage, intervalMs: number): Range {
  const lines = new Map(range.lines.map((line, index) => [line.series, index]));
  const samples = message.series.flatMap((series, index) => {
    const line = lines.get(series);
    const at = message.times[index];
    const value = message.values[index];
    return line === undefined || at === undefined || value === undefined || at < range.from
      ? []
      : [{ line, at, value }];
  });
  if (samples.length === 0) return range;
  const newest = Math.max(...samples.map(({ at }) => at));
  const shift = Math.max(0, Math.floor((newest - range.from) / range.stepMs) - range.length + 1);
  const from = range.from + shift * range.stepMs;
  const columns = range.lines.map((line) => ({
    ...line,
    avg: shifted(line.avg, shift),
    min: shifted(line.min, shift),
    max: shifted(line.max, shift),
  }));
  for (const { line, at, value } of samples) {
    const bucket = Math.floor((at - from) / range.stepMs);
    const column = columns[line];
    if (column && bucket >= 0) add(column, bucket, value, Math.floor((at - from - bucket * range.stepMs) / intervalMs));
  }
  return { ...range, from, lines: columns };
}

function add(column: Range["lines"][number], bucket: number, value: number, before: number): void {
  const avg = column.avg[bucket] ?? null;
  column.avg[bucket] = avg === null ? value : avg + (value - avg) / (before + 1);
  column.min[bucket] = Math.min(column.min[bucket] ?? value, value);
  column.max[bucket] = Math.max(column.max[bucket] ?? value, value);
}

function shifted(column: (number | null)[], by: number): (number | null)[] {
  if (by === 0) return [...column];
  const kept = column.slice(by);
  return [...kept, ...new Array<null>(column.length - kept.length).fill(null)];
}
