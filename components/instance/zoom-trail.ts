import type { TimeRange } from "@/components/data/time-range";

/** Where a page was zoomed to, and where from: a double click returns to the first of these. */
export interface Zoom {
  readonly from: TimeRange;
  readonly to: TimeRange;
}

/** @param range what is on show. A range that was chosen otherwise since the last zoom begins a new trail. */
export function addZoom(trail: Zoom | null, range: TimeRange, to: TimeRange): Zoom {
  return { from: trail && sameRange(trail.to, range) ? trail.from : range, to };
}

/** What a double click shows; null when there is nothing to return to. @param otherwise for a window that a link brought */
export function resetZoom(trail: Zoom | null, range: TimeRange, otherwise: TimeRange): TimeRange | null {
  if (trail && sameRange(trail.to, range)) return trail.from;
  return range.kind === "fixed" ? otherwise : null;
}

const sameRange = (a: TimeRange, b: TimeRange) => JSON.stringify(a) === JSON.stringify(b);
