import type { FigureWithSpark } from "@/components/data/outputs";

export interface Beyond {
  /** Epoch milliseconds, to the minute. */
  readonly since: number;
  /** It began before the hour that the line shows. */
  readonly longer: boolean;
}

const MINUTE_MS = 60_000;
/** What is measured every few seconds must stay beyond its limit for minutes: a busy moment needs no attention. */
const HOLDS_MINUTES = 3;
const SLOW_SECONDS = 60;

/** Since when a figure is beyond a limit, by the averages of the past hour; null when it only just is. @param now epoch milliseconds */
export function beyondSince(
  { spark, lowIsBad }: Pick<FigureWithSpark, "spark" | "lowIsBad">,
  limit: number,
  { intervalSeconds, now }: { intervalSeconds: number; now: number },
): Beyond | null {
  let first = spark.length;
  let minutes = 0;
  for (let index = spark.length - 1; index >= 0; index--) {
    const value = spark[index];
    if (value === null || value === undefined) continue;
    if (lowIsBad ? value > limit : value < limit) break;
    first = index;
    minutes += 1;
  }
  if (minutes < (intervalSeconds < SLOW_SECONDS ? HOLDS_MINUTES : 1)) return null;
  const running = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const since = Math.min(now, running - (spark.length - 1 - first) * MINUTE_MS);
  // The first minute that there is: what was before it cannot be told.
  return { since, longer: first <= 1 };
}
