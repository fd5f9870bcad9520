/** Of the same hour on other days; fewer are no habit. */
const LEAST_DAYS = 3;
/** A deviation is at least this part of what is usual, so that a series that never moved is not alarmed by a last digit. */
const LEAST_DEVIATION = 0.01;
/** Makes the median distance of normally distributed values their standard deviation. */
const MAD_TO_SIGMA = 1.4826;

/** A value against what is usual at this hour. Undefined where too little is known of that. */
export function compareToHabit(
  kind: "ratio" | "score",
  value: number,
  habit: readonly number[] | undefined,
): number | undefined {
  if (!habit || habit.length < LEAST_DAYS) return undefined;
  const middle = median(habit);
  if (kind === "ratio") return middle === 0 ? undefined : value / middle;
  const spread = MAD_TO_SIGMA * median(habit.map((one) => Math.abs(one - middle)));
  return (value - middle) / Math.max(spread, Math.abs(middle) * LEAST_DEVIATION, Number.EPSILON);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
