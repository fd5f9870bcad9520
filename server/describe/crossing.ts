/** Where a line is heading. Pure. */
interface Course {
  /** Oldest first, one a step, null where nothing was measured. */
  readonly points: readonly (number | null)[];
  readonly stepMs: number;
  readonly threshold: number;
  readonly comparison: "above" | "below";
}

/** Fewer say little about a course. */
const FEWEST_POINTS = 8;
/** How much of the movement the straight line must explain: what goes up and down is heading nowhere. */
const STEADY = 0.8;
/** A course is believed for so many times the span that it was seen. */
const BELIEVED_SPANS = 4;

/** When the threshold is met at the present pace; null: not in sight, not steady, or already beyond. @param now epoch milliseconds */
export function crossingAt({ points, stepMs, threshold, comparison }: Course, now: number): number | null {
  const seen = points.flatMap((value, index) => (value === null ? [] : [{ x: index, y: value }]));
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || seen.length < FEWEST_POINTS) return null;
  const { slope, fit } = fitLine(seen);
  const distance = threshold - last.y;
  const towards = comparison === "above" ? slope > 0 && distance > 0 : slope < 0 && distance < 0;
  if (!towards || fit < STEADY) return null;
  const steps = distance / slope;
  return steps <= (last.x - first.x) * BELIEVED_SPANS ? now + steps * stepMs : null;
}

function fitLine(points: readonly { x: number; y: number }[]): { slope: number; fit: number } {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleX, middleY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y } of points) {
    xx += (x - middleX) ** 2;
    xy += (x - middleX) * (y - middleY);
    yy += (y - middleY) ** 2;
  }
  return xx === 0 || yy === 0 ? { slope: 0, fit: 0 } : { slope: xy / xx, fit: xy ** 2 / (xx * yy) };
}
