import { type Buckets, quantileOf } from "../../plugins/sdk/histogram";

export const QUANTILES = [0.5, 0.9, 0.99] as const;

/** Histograms that are remembered of an instance: beyond, the longest silent one is forgotten. */
const MOST_KNOWN = 2_000;

/** What came of each histogram last, so that a later one says what came in between. As with rates, nothing is remembered before `keep`. */
export interface BucketStage {
  /** Values by `QUANTILES`, of what came in since the last one; undefined when there was none, or nothing came. */
  quantiles(
    key: string,
    one: { at: number; buckets: Buckets; isIncrease: boolean },
  ): (number | undefined)[] | undefined;
  keep(): void;
}
interface Last {
  readonly at: number;
  readonly buckets: Buckets;
}

export function createBucketBook() {
  const instances = new Map<string, Map<string, Last>>();
  return {
    stage(instanceId: string): BucketStage {
      const known = instances.get(instanceId) ?? new Map<string, Last>();
      instances.set(instanceId, known);
      const staged = new Map<string, Last>();
      return {
        quantiles(key, { at, buckets, isIncrease }) {
          const increase = isIncrease ? buckets : since(staged.get(key) ?? known.get(key), { at, buckets });
          if (!isIncrease) {
            const before = staged.get(key) ?? known.get(key);
            if (!before || at > before.at) staged.set(key, { at, buckets });
          }
          if (!increase || (increase.at(-1)?.[1] ?? 0) <= 0) return undefined;
          return QUANTILES.map((quantile) => quantileOf(increase, quantile));
        },
        keep() {
          for (const [key, last] of staged) {
            // Behind all others: the first is the one that is silent longest.
            known.delete(key);
            known.set(key, last);
          }
          for (const key of known.keys()) {
            if (known.size <= MOST_KNOWN) break;
            known.delete(key);
          }
        },
      };
    },
    forget: (instanceId: string) => void instances.delete(instanceId),
  };
}

/** What came in; bounds may be others, as those of exponential histograms are: they only become fewer or more of the same ones. */
function since(before: Last | undefined, now: Last): Buckets | undefined {
  if (!before || now.at <= before.at) return undefined;
  let index = 0;
  let below = 0;
  const increase = now.buckets.map(([bound, count]) => {
    while (index < before.buckets.length && (before.buckets[index]?.[0] ?? Number.POSITIVE_INFINITY) <= bound)
      below = before.buckets[index++]?.[1] ?? below;
    return [bound, count - below] as const;
  });
  // A count that dropped began anew: then all there is came in since.
  const fell = increase.some(([, count], at) => count < 0 || count < (increase[at - 1]?.[1] ?? 0));
  return fell ? now.buckets : increase;
}
