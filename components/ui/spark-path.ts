/** Where a sparkline's points lie, in a box of `width` by `height`; gaps are gaps. Pure, so that it is tested. */
export interface SparkBox {
  readonly width: number;
  readonly height: number;
  /** Bottom and top in the values' unit. */
  readonly min: number;
  readonly max: number;
}

type Values = readonly (number | null)[];

/** @param floor the least height of the scale: what is below looks as small as it is */
export function sparkScale(values: Values, floor: number): { min: number; max: number } {
  let min = 0;
  let max = floor;
  for (const value of values) {
    if (value === null) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max: max > min ? max : min + 1 };
}

/** The line, and the area under it. A lone point becomes a dot: a line of no length with round ends. */
export function sparkPaths(values: Values, { width, height, min, max }: SparkBox): { line: string; area: string } {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const y = (value: number) => round(height - ((value - min) / (max - min)) * height);
  let line = "";
  let area = "";
  let start: number | null = null;
  values.forEach((value, index) => {
    if (value === null) return;
    const x = round(index * step);
    const begins = start === null;
    if (start === null) start = x;
    line += `${begins ? "M" : "L"}${x} ${y(value)}`;
    area += begins ? `M${x} ${height}L${x} ${y(value)}` : `L${x} ${y(value)}`;
    const next = values[index + 1];
    if (next === null || next === undefined) {
      if (start === x) line += "h0";
      area += `L${x} ${height}Z`;
      start = null;
    }
  });
  return { line, area };
}

const round = (value: number) => Math.round(value * 10) / 10;
