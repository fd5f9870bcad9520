import type uPlot from "uplot";
import type { Palette } from "./palette";

/** A stretch of time that an alert or another event covered, drawn behind the lines. */
export interface TimeBand {
  readonly from: number;
  /** null while it goes on. */
  readonly to: number | null;
  readonly severity: "info" | "warning" | "critical";
  readonly label: string;
}

/** A number that a rule compares with, drawn across the plot. */
export interface ChartLimit {
  readonly value: number;
  readonly severity: TimeBand["severity"];
}

export function paintLimits({ ctx, bbox, valToPos }: uPlot, limits: readonly ChartLimit[], palette: Palette): void {
  if (limits.length === 0) return;
  ctx.save();
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const { value, severity } of limits) {
    const y = Math.round(valToPos(value, "y", true));
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.strokeStyle = palette.severity(severity, 0.9);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

export function paintBands({ ctx, bbox, valToPos }: uPlot, bands: readonly TimeBand[], palette: Palette): void {
  if (bands.length === 0) return;
  const right = bbox.left + bbox.width;
  const clamp = (x: number) => Math.min(right, Math.max(bbox.left, x));
  const place = (at: number) => clamp(valToPos(at, "x", true));
  ctx.save();
  for (const { from, to, severity } of bands) {
    const left = place(from);
    const end = to === null ? right : place(to);
    if (end <= bbox.left || left >= right) continue;
    const width = Math.max(end - left, devicePixelRatio);
    ctx.fillStyle = palette.severity(severity, 0.1);
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.fillStyle = palette.severity(severity, 0.9);
    ctx.fillRect(left, bbox.top, width, 2 * devicePixelRatio);
  }
  ctx.restore();
}

/** A dot where a running line ends. @param stepMs a line that ended some buckets ago has stopped, and gets none */
export function paintEnds(
  { ctx, data, valToPos }: uPlot,
  lines: number,
  colour: (line: number, alpha?: number) => string,
  stepMs: number,
): void {
  const times = data[0];
  const newest = times.at(-1) ?? 0;
  ctx.save();
  for (let line = 0; line < lines; line += 1) {
    const column = data[line + 1];
    const index = column ? column.findLastIndex((value) => typeof value === "number") : -1;
    const value = column?.[index];
    const at = times[index];
    if (typeof value !== "number" || at === undefined || newest - at > 3 * stepMs) continue;
    const x = valToPos(at, "x", true);
    const y = valToPos(value, "y", true);
    for (const [radius, alpha] of [
      [5, 0.22],
      [2.5, 1],
    ] as const) {
      ctx.fillStyle = colour(line, alpha);
      ctx.beginPath();
      ctx.arc(x, y, radius * devicePixelRatio, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.restore();
}
