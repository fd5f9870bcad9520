import type { Tone } from "@/components/ui/tones";
import type { InstanceHead } from "./use-instance";

type Facts = Pick<InstanceHead, "enabled" | "intervalSeconds" | "status"> & Partial<Pick<InstanceHead, "maintenance">>;

/** How an instance stands, in a word, with the instant it came to it; null where none is worth naming. */
export interface Standing {
  readonly tone: Tone;
  readonly word: string;
  readonly since: number | null;
}

/** A run may be this late before it is missed: three intervals, as for values, and a while for a slow machine. */
const missedAfterMs = (intervalSeconds: number) => intervalSeconds * 3_000 + 30_000;
/** The cadence of a failing instance slows down to this at most. */
const SLOWEST_MS = 300_000;

export function standingOf({ enabled, intervalSeconds, status, maintenance = null }: Facts, now: number): Standing {
  const { health, since, lastRunAt, consecutiveErrors } = status;
  if (!enabled) return { tone: "paused", word: "Paused", since: null };
  if (maintenance !== null && (maintenance.until === null || now < maintenance.until))
    return { tone: "paused", word: "In maintenance", since: null };
  // A plugin that is not loaded fails without a run.
  if (lastRunAt === null && health !== "failing")
    return { tone: "unknown", word: "Waiting for its first reading", since: null };
  const patience = missedAfterMs(intervalSeconds) + (consecutiveErrors > 0 ? SLOWEST_MS : 0);
  if (lastRunAt !== null && now - lastRunAt > patience) return { tone: "unknown", word: "No run", since: lastRunAt };
  switch (health) {
    case "healthy":
      return { tone: "ok", word: "Healthy", since };
    case "degraded":
      return { tone: "warn", word: "Degraded", since };
    case "failing":
      return { tone: "bad", word: "Failing", since };
    case "unknown":
      return { tone: "unknown", word: "Unknown", since };
  }
  return health satisfies never;
}
