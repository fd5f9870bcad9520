import { csvText } from "@/components/csv";
import type { ChartLine } from "./chart-data";

interface ChartContent {
  readonly title: string;
  readonly unit: string;
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
}

/** RFC 4180: one row a bucket, average, minimum and maximum of each line, in base units. */
export function toCsv({ unit, times, lines }: ChartContent): string {
  const spread = (["avg", "min", "max"] as const).flatMap((part) => lines.map((line) => ({ line, part })));
  const ordered = spread.sort((a, b) => lines.indexOf(a.line) - lines.indexOf(b.line));
  const head = ["time", ...ordered.map(({ line, part }) => `${line.label || "value"} ${part} (${unit})`)];
  const rows = times.map((at, index) => [
    new Date(at).toISOString(),
    ...ordered.map(({ line, part }) => String(line[part][index] ?? "")),
  ]);
  return csvText([head, ...rows]);
}

export function toJson({ title, unit, times, lines }: ChartContent): string {
  return JSON.stringify({
    title,
    unit,
    times,
    lines: lines.map(({ label, avg, min, max }) => ({ label, avg, min, max })),
  });
}
