/** So many at once, and one more in each of these times. */
interface Pace {
  readonly atOnce: number;
  readonly everyMs: number;
}
const OF_ONE: Pace = { atOnce: 20, everyMs: 180_000 };
const OF_ALL: Pace = { atOnce: 500, everyMs: 36_000 };
/** Addresses cost an attacker nothing. */
const MOST_KNOWN = 1_000;

interface Bucket {
  left: number;
  at: number;
}

/**
 * What is refused or fails may come without end, from whom it costs nothing: so many are written, the rest is counted. At most some
 * 2,400 a day.
 */
export interface RefusalBound {
  /** Undefined when it is one too many; else how many of the same before it were not written. @param of who or where from */
  admit(of: string, now: number): number | undefined;
  /** How many were not written and not yet told. */
  drain(): number;
}

export function createRefusalBound(): RefusalBound {
  const known = new Map<string, Bucket & { unrecorded: number }>();
  const all: Bucket = { left: OF_ALL.atOnce, at: 0 };
  /** Of those who are forgotten. */
  let others = 0;

  function forgetOldest(): void {
    const [oldest] = known;
    if (!oldest) return;
    others += oldest[1].unrecorded;
    known.delete(oldest[0]);
  }

  return {
    admit(of, now) {
      const one = known.get(of) ?? { left: OF_ONE.atOnce, at: now, unrecorded: 0 };
      known.delete(of);
      if (known.size >= MOST_KNOWN) forgetOldest();
      known.set(of, one);
      if (!take(one, OF_ONE, now) || !take(all, OF_ALL, now)) {
        one.unrecorded += 1;
        return undefined;
      }
      const { unrecorded } = one;
      one.unrecorded = 0;
      return unrecorded;
    },
    drain() {
      let count = others;
      others = 0;
      for (const one of known.values()) {
        count += one.unrecorded;
        one.unrecorded = 0;
      }
      return count;
    },
  };
}

function take(bucket: Bucket, { atOnce, everyMs }: Pace, now: number): boolean {
  // A clock that was set back gives nothing, and takes nothing.
  bucket.left = Math.min(atOnce, bucket.left + Math.max(0, now - bucket.at) / everyMs);
  bucket.at = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}
