import { parseAddress } from "../../plugins/sdk/ip-address";
import type { Clock } from "../clock";

/** Wrong tries of one address at one name, and of one address at all, in this time. */
const WITHIN_MS = 15 * 60_000;
const MOST_AT_NAME = 10;
const MOST_OF_ADDRESS = 50;
/** Hashes that are made at the same time: each takes a core and 16 MB for a while. */
const MOST_AT_ONCE = 4;
const MOST_WAITING = 32;
const MOST_KNOWN = 20_000;

/**
 * How often passwords and codes may be guessed. It is counted who guesses, never whom it is about: an address that guesses shuts itself
 * out, not the person whose name it uses. A right one clears what came before at that name.
 */
export interface SignInLimits {
  /** In how many seconds it may be tried again; 0: now. */
  waitSeconds(address: string | null, name: string): number;
  failed(address: string | null, name: string): void;
  succeeded(address: string | null, name: string): void;
  /** Runs it when it is its turn; undefined: too many wait already. */
  take<T>(work: () => Promise<T>): Promise<T | undefined>;
}

export function createSignInLimits({ now }: Pick<Clock, "now">): SignInLimits {
  /** Instants of wrong tries. */
  const tries = new Map<string, number[]>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const keysOf = (address: string | null, name: string) => {
    const place = placeOf(address);
    return [
      { key: `${place} ${name.toLowerCase().slice(0, 100)}`, most: MOST_AT_NAME },
      { key: place, most: MOST_OF_ADDRESS },
    ];
  };
  function recent(key: string): number[] {
    const since = now() - WITHIN_MS;
    const left = (tries.get(key) ?? []).filter((at) => at > since);
    if (left.length === 0) tries.delete(key);
    return left;
  }

  return {
    waitSeconds(address, name) {
      const waits = keysOf(address, name).map(({ key, most }) => {
        const at = recent(key);
        const oldest = at.at(-most);
        return oldest === undefined ? 0 : Math.ceil((oldest + WITHIN_MS - now()) / 1_000);
      });
      return Math.max(0, ...waits);
    },
    failed(address, name) {
      // A flood from everywhere: the oldest give way, many at once so that it costs nothing.
      if (tries.size >= MOST_KNOWN) for (const key of [...tries.keys()].slice(0, MOST_KNOWN / 10)) tries.delete(key);
      for (const { key, most } of keysOf(address, name)) {
        const at = [...recent(key), now()].slice(-most);
        // To the end: those that were not seen for longest stand first.
        tries.delete(key);
        tries.set(key, at);
      }
    },
    succeeded(address, name) {
      const [atName] = keysOf(address, name);
      if (atName) tries.delete(atName.key);
    },
    async take(work) {
      if (running >= MOST_AT_ONCE) {
        if (waiting.length >= MOST_WAITING) return undefined;
        await new Promise<void>((turn) => waiting.push(turn));
      }
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
  };
}

/** Who is counted together: a household has a /64 of IPv6. */
export function placeOf(address: string | null): string {
  const bytes = parseAddress(address ?? "");
  return bytes ? bytes.slice(0, bytes.length === 16 ? 8 : 4).join(".") : "unknown";
}
