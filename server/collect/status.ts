import type { Failure } from "../../plugins/sdk/collect";
import type { Reason } from "../../plugins/sdk/errors";

export type Health = "unknown" | "healthy" | "degraded" | "failing";

/** How an instance is doing: what the pages show first. */
export interface Status {
  readonly instanceId: string;
  readonly health: Health;
  /** When the health became what it is. */
  readonly since: number;
  readonly lastRunAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly reason: Reason | null;
  readonly message: string | null;
  readonly hint: string | null;
  readonly consecutiveErrors: number;
}

/** From so many failed runs in a row on, an instance is failing; before, one lost packet only degrades it. */
const FAILING_AFTER = 2;

export const unknownStatus = (instanceId: string, now: number): Status => ({
  instanceId,
  health: "unknown",
  since: now,
  lastRunAt: null,
  lastSuccessAt: null,
  reason: null,
  message: null,
  hint: null,
  consecutiveErrors: 0,
});

/** The status after a run. Pure. @param at the run's tick */
export function nextStatus(
  last: Status,
  run: { failure: Failure | undefined; partial: readonly Failure[] },
  at: number,
): Status {
  const consecutiveErrors = run.failure ? last.consecutiveErrors + 1 : 0;
  const health = healthOf(run, last, consecutiveErrors);
  const told = run.failure ?? run.partial[0];
  return {
    instanceId: last.instanceId,
    health,
    since: health === last.health ? last.since : at,
    lastRunAt: at,
    lastSuccessAt: run.failure ? last.lastSuccessAt : at,
    reason: told?.reason ?? null,
    message: told?.message ?? null,
    hint: told?.hint ?? null,
    consecutiveErrors,
  };
}

function healthOf(
  run: { failure: Failure | undefined; partial: readonly Failure[] },
  last: Status,
  errors: number,
): Health {
  if (!run.failure) return run.partial.length > 0 ? "degraded" : "healthy";
  // An instance that never worked has nothing to be degraded from.
  return errors >= FAILING_AFTER || last.lastSuccessAt === null ? "failing" : "degraded";
}
