const DAY_SECONDS = 86_400;
/** The critical threshold's part of a life, as a part of the warning's: 7 of 90 days come before it. */
const CRITICAL_PART = 1 / 3;

interface Settings {
  readonly warningDays: number;
  readonly criticalDays: number;
  readonly warningRatio: number;
}

/**
 * From how many seconds left on to warn. Public certificates live ever shorter: 90 days, then 47, some for 6. Fixed days would
 * alarm from their birth, so the smaller of the days and a part of the life counts.
 */
export function thresholdsOf(lifetimeSeconds: number, { warningDays, criticalDays, warningRatio }: Settings) {
  const life = Math.max(0, lifetimeSeconds);
  return {
    warningSeconds: Math.min(warningDays * DAY_SECONDS, warningRatio * life),
    criticalSeconds: Math.min(criticalDays * DAY_SECONDS, warningRatio * CRITICAL_PART * life),
  };
}
