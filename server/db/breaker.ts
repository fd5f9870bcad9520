/** How something is doing that one may do without. */
export type Availability = { readonly available: true } | { readonly available: false; readonly reason: string };

export interface Breaker {
  /**
   * The answer, or undefined when there is none: while the breaker is open, nothing is tried and nothing waits. Never rejects.
   * @param kind what is tried: after a failure `isOfKind`, only the same kind shows that all is well again
   */
  attempt<T>(kind: string, work: () => Promise<T>): Promise<T | undefined>;
}

interface Failing {
  readonly kind: string | undefined;
  readonly pauseMs: number;
  readonly retryAt: number;
}

/** The first pause and the longest: what is away for a night costs two attempts a minute. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Opens with the first failure; after a pause that doubles, one attempt goes through and decides. `told` hears of every change,
 * and of no repetition.
 */
export function createBreaker(deps: {
  now: () => number;
  isOfKind: (error: unknown) => boolean;
  told: (state: Availability) => void;
}): Breaker {
  let failing: Failing | undefined;
  let probing = false;

  function opened(error: unknown, kind: string): void {
    const pauseMs = failing ? Math.min(LONGEST_PAUSE_MS, 2 * failing.pauseMs) : FIRST_PAUSE_MS;
    const reason = error instanceof Error ? error.message : String(error);
    if (!failing) deps.told({ available: false, reason });
    failing = { kind: deps.isOfKind(error) ? kind : undefined, pauseMs, retryAt: deps.now() + pauseMs };
  }

  /** @param isProbe what began before the failure proves nothing after it, neither way */
  async function attempt<T>(kind: string, work: () => Promise<T>, isProbe: boolean): Promise<T | undefined> {
    try {
      const answer = await work();
      if (failing && isProbe) {
        failing = undefined;
        deps.told({ available: true });
      }
      return answer;
    } catch (error) {
      if (isProbe || !failing) opened(error, kind);
      return undefined;
    }
  }

  return {
    async attempt(kind, work) {
      if (!failing) return attempt(kind, work, false);
      const isDue = deps.now() >= failing.retryAt && (failing.kind ?? kind) === kind;
      if (probing || !isDue) return undefined;
      probing = true;
      try {
        return await attempt(kind, work, true);
      } finally {
        probing = false;
      }
    },
  };
}
