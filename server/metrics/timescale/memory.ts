import type { Heads } from "../recent/heads";
import { createKnownBuckets, type KnownBuckets } from "../recent/known-buckets";

/** What need not be asked for: the newest samples, and buckets that the database added up before. */
export interface Memory {
  /** Null for good as soon as there are others: what they wrote is missing there. */
  heads(): Heads | null;
  /** Null likewise, and while what is stored is being changed otherwise than by samples that come in. */
  buckets(): KnownBuckets | null;
  /** Work that drops, or brings along, what may be in buckets that were added up before. */
  change<T>(work: () => Promise<T>): Promise<T>;
}

/** @param heads null where there are others from the beginning */
export function createMemory({ heads, others }: { heads: Heads | null; others: () => boolean }): Memory {
  let own = heads;
  let buckets = createKnownBuckets();
  let changes = 0;
  const ownHeads = () => {
    if (own && others()) own = null;
    return own;
  };
  return {
    heads: ownHeads,
    buckets: () => (changes === 0 && ownHeads() ? buckets : null),
    async change(work) {
      changes++;
      try {
        return await work();
      } finally {
        changes--;
        // An answer that is under way may have seen half of it: it goes where nobody looks any more.
        buckets = createKnownBuckets();
      }
    },
  };
}
