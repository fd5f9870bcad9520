/** Upper bounds and how many were at most that, in order; the last bound is infinite. */
export type Buckets = readonly (readonly [bound: number, count: number])[];

/** What came in since the counts were as before. A count that dropped began anew: then it is all there is. Undefined when nothing came. */
export function increaseOf(now: Buckets, before: readonly number[] | undefined): Buckets | undefined {
  if (!before || before.length !== now.length) return undefined;
  const grown = now.map(([bound, count], index) => [bound, count - (before[index] ?? 0)] as const);
  const increase = grown.some(([, count]) => count < 0) ? now : grown;
  return (increase.at(-1)?.[1] ?? 0) > 0 ? increase : undefined;
}

/**
 * As Prometheus' histogram_quantile: values lie evenly within their bucket, the first begins at zero, and of what is above all bounds the
 * highest bound is told.
 *
 * @param quantile 0 to 1
 */
export function quantileOf(buckets: Buckets, quantile: number): number | undefined {
  const rank = quantile * (buckets.at(-1)?.[1] ?? 0);
  const index = buckets.findIndex(([, count]) => count >= rank);
  const [bound, count] = buckets[index] ?? [];
  if (bound === undefined || count === undefined) return undefined;
  const [lower, below] = buckets[index - 1] ?? [Math.min(0, bound), 0];
  if (!Number.isFinite(bound)) return index === 0 ? undefined : lower;
  if (count === below) return bound;
  return lower + (bound - lower) * ((rank - below) / (count - below));
}
