/** The buckets of a range: aligned to their step since the epoch, so that any two queries of one step fit together. */
export interface Grid {
  readonly from: number;
  readonly stepMs: number;
  readonly length: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
export const HOUR_MS = 60 * MINUTE;
export const DAY_MS = 24 * HOUR_MS;

export const floorTo = (at: number, unit: number) => Math.floor(at / unit) * unit;
export const ceilTo = (at: number, unit: number) => Math.ceil(at / unit) * unit;

/** Steps that people and axes like; from an hour on multiples of an hour, from a day on of a day, so that rollups fit in whole. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28, 56, 112, 224].map((days) => days * DAY_MS),
];
const LONGEST_STEP = 448 * DAY_MS;

/** The finest grid with at most `maxPoints` buckets (at least 1), none shorter than `minStepMs`. */
export function chooseGrid({
  from,
  to,
  maxPoints,
  minStepMs,
}: {
  from: number;
  to: number;
  maxPoints: number;
  minStepMs: number;
}): Grid {
  for (const stepMs of STEPS) {
    if (stepMs < minStepMs) continue;
    const grid = gridOf(from, to, stepMs);
    if (grid.length <= maxPoints) return grid;
  }
  let stepMs = LONGEST_STEP;
  // A hundred doublings are far beyond every instant there is.
  for (let round = 0; round < 100 && gridOf(from, to, stepMs).length > maxPoints; round++) stepMs *= 2;
  return gridOf(from, to, stepMs);
}

function gridOf(from: number, to: number, stepMs: number): Grid {
  const start = floorTo(from, stepMs);
  return { from: start, stepMs, length: Math.max(1, Math.ceil((to - start) / stepMs)) };
}
