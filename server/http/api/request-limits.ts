import { placeOf } from "../../auth/sign-in-limits";
import type { Visitor } from "../../auth/visitor";
import type { Clock } from "../../clock";

/** In a minute, and at once after a quiet one. */
const READS = 600;
const CHANGES = 120;
const MINUTE_MS = 60_000;
/** A bucket is 100 bytes; who is forgotten begins with a full one. */
const MOST_KNOWN = 10_000;

/** How a request stands against the limit of whoever sent it. */
export interface Allowance {
  readonly limit: number;
  /** Left, after this one. */
  readonly remaining: number;
  /** Until all of them are there again. */
  readonly resetSeconds: number;
  /** Until the next one is allowed; 0: this one is. */
  readonly waitSeconds: number;
}

/** A token bucket a token, a session, a person whom a proxy names, or an address of somebody unknown; one for reads, one for changes. */
export function createRequestLimits({ now }: Pick<Clock, "now">) {
  const buckets = new Map<string, { left: number; at: number }>();

  return {
    take(visitor: Visitor, isChange: boolean): Allowance {
      const limit = isChange ? CHANGES : READS;
      const perMs = limit / MINUTE_MS;
      const key = `${isChange ? "change" : "read"} ${nameOf(visitor)}`;
      const at = now();
      const before = buckets.get(key);
      // A clock that was set back gives nothing, and takes nothing.
      const filled = before ? Math.min(limit, before.left + Math.max(0, at - before.at) * perMs) : limit;
      const isAllowed = filled >= 1;
      const left = isAllowed ? filled - 1 : filled;
      if (buckets.size >= MOST_KNOWN)
        for (const one of [...buckets.keys()].slice(0, MOST_KNOWN / 10)) buckets.delete(one);
      // To the end: those that were not seen for longest stand first.
      buckets.delete(key);
      buckets.set(key, { left, at });
      return {
        limit,
        remaining: Math.floor(left),
        resetSeconds: Math.ceil((limit - left) / perMs / 1_000),
        waitSeconds: isAllowed ? 0 : Math.max(1, Math.ceil((1 - left) / perMs / 1_000)),
      };
    },
    /** How many are known. */
    size: () => buckets.size,
  };
}

function nameOf({ via, credentialId, userId, address }: Visitor): string {
  return via === "none" ? placeOf(address) : `${via} ${credentialId ?? userId}`;
}
