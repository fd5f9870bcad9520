import { createHeads, type Heads } from "../recent/heads";
import { createKnownBuckets, type KnownBuckets } from "../recent/known-buckets";
import type { Latest } from "../store";
import { restoreLastHour } from "./restore-last-hour";
import type { Server } from "./server";

/** What need not be asked for: the newest samples, and buckets that the server added up before. */
export interface Memory {
  /** Null for good as soon as there are others: what they wrote is missing there. */
  own(): { readonly heads: Heads; readonly buckets: KnownBuckets } | null;
  /** Reads the last hour. What fails is asked for when it is needed. @param goOn asked between parts of it */
  restore(goOn: () => boolean): Promise<void>;
  /** Samples of these came in elsewhere. */
  see(series: readonly number[]): void;
  /** While the work deletes them, and after it failed, nothing of these series is answered from here. */
  forget(series: readonly number[], work: () => Promise<void>): Promise<void>;
}

/**
 * @param latest see `createHeads`
 * @param knownFrom from here on, it has every series that has a sample
 */
export function createMemory(
  server: Server,
  { latest, knownFrom, others }: { latest: ReadonlyMap<number, Latest>; knownFrom: number; others: () => boolean },
): Memory {
  let all: ReturnType<Memory["own"]> = {
    heads: createHeads({ latest, since: knownFrom }),
    buckets: createKnownBuckets(),
  };
  const own = () => {
    if (all && others()) all = null;
    return all;
  };
  return {
    own,
    async restore(goOn) {
      const heads = own()?.heads;
      const asked = { latest, now: Date.now(), goOn: () => goOn() && own() !== null };
      if (heads) await restoreLastHour(server, heads, asked).catch(() => undefined);
    },
    see(series) {
      all?.heads.block(series);
      all?.buckets.forget(series);
    },
    async forget(series, work) {
      all?.heads.block(series);
      await work();
      all?.buckets.forget(series);
      all?.heads.release(series);
    },
  };
}
