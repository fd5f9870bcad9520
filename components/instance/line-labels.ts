import { humanName } from "@/components/names";

interface Line {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A name for each line of a chart: as few label values as tell them apart, in the order the metric declares them, so that the same
 * disk has the same name, and with it the same colour, on every chart. Several metrics put theirs in front.
 * @param order label names, the one that says most first
 */
export function nameLines(lines: readonly Line[], order: readonly string[], plugin: string): string[] {
  const metrics = new Set(lines.map(({ metric }) => metric));
  const given = [...new Set([...order, ...lines.flatMap(({ labels }) => Object.keys(labels))])].filter((name) =>
    lines.some(({ labels }) => labels[name]),
  );
  const varying = given.filter((name) => lines.some(({ labels }) => labels[name] !== lines[0]?.labels[name]));
  // What all lines share says nothing, unless nothing else is there to say.
  const names = varying.length > 0 ? varying : given;
  const parts = (line: Line, count: number) => names.slice(0, count).flatMap((name) => line.labels[name] || []);
  const keyOf = (line: Line, count: number) => JSON.stringify([line.metric, parts(line, count)]);
  const distinct = new Set(lines.map((line) => keyOf(line, names.length))).size;
  // With several metrics a label is only needed where one metric has several lines.
  const least = metrics.size > 1 ? 0 : Math.min(1, names.length);
  let count = least;
  while (count < names.length && new Set(lines.map((line) => keyOf(line, count))).size < distinct) count += 1;
  return lines.map((line) => {
    const values = parts(line, count);
    return (metrics.size > 1 ? [humanName(line.metric, plugin), ...values] : values).join(" · ");
  });
}
