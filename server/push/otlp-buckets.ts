import type { Buckets } from "../../plugins/sdk/histogram";
import type { ExponentialPoint, HistogramPoint } from "./otlp-shape";
import { PushFault } from "./pushed";

/** More than that nobody has in one histogram: the SDKs make 160 of each sign. */
const MOST_BUCKETS = 2_000;

/** Bounds that are written down, with counts that stand for one bucket each. Empty where there are none. @throws PushFault */
export function explicitBuckets({ bucketCounts, explicitBounds }: HistogramPoint, factor: number): Buckets {
  if (bucketCounts.length === 0 || explicitBounds.length === 0) return [];
  if (bucketCounts.length !== explicitBounds.length + 1 || bucketCounts.length > MOST_BUCKETS)
    throw new PushFault("A histogram has not one bucket more than bounds.");
  const counted = bucketCounts.map((count, index) => {
    const bound = explicitBounds[index];
    return [bound === undefined ? Number.POSITIVE_INFINITY : bound * factor, count] as const;
  });
  return cumulate(counted);
}

/** Bounds that are powers of a base: `base = 2 ** (2 ** -scale)`, bucket `i` reaches to `base ** (i + 1)`. @throws PushFault */
export function exponentialBuckets(
  { scale, zeroCount, zeroThreshold, positive, negative }: ExponentialPoint,
  factor: number,
): Buckets {
  if (positive.bucketCounts.length + negative.bucketCounts.length > MOST_BUCKETS)
    throw new PushFault(`A histogram has more than ${MOST_BUCKETS} buckets.`);
  const power = (index: number) => 2 ** (index * 2 ** -scale) * factor;
  // From the most negative on: a bucket there reaches up to what is nearest to zero in it.
  const below = negative.bucketCounts
    .map((count, index) => [-power(negative.offset + index), count] as const)
    .toReversed();
  const zero = [[zeroThreshold * factor, zeroCount] as const];
  const above = positive.bucketCounts.map((count, index) => [power(positive.offset + index + 1), count] as const);
  const all = [...below, ...zero, ...above];
  // Far from what a double has, bounds are not apart any more.
  const finite = all.filter(([bound]) => Number.isFinite(bound));
  const beyond = all.reduce((sum, [bound, count]) => (Number.isFinite(bound) ? sum : sum + count), 0);
  return cumulate([...finite, [Number.POSITIVE_INFINITY, beyond]]);
}

/** @throws PushFault for counts that are none, and bounds that are in no order */
function cumulate(counted: readonly (readonly [bound: number, count: number])[]): Buckets {
  let sum = 0;
  let last = Number.NEGATIVE_INFINITY;
  return counted.map(([bound, count], index) => {
    if (!(count >= 0) || !Number.isFinite(count)) throw new PushFault("A bucket of a histogram has no count.");
    if (Number.isNaN(bound) || (bound < last && index > 0)) throw new PushFault("A histogram's bounds do not rise.");
    sum += count;
    last = bound;
    return [bound, sum] as const;
  });
}
