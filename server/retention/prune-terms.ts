import type { Retention } from "../metrics/store";
import { type KeptDays, rawDaysOf } from "./plan-storage";

const DAY_MS = 86_400_000;

/** What is kept, as the store is told: the longest for all, and which series are kept shorter. */
export function pruneTerms(
  kept: KeptDays,
  seriesByPlugin: ReadonlyMap<string, readonly number[]>,
): { retention: Retention; shorter: ReadonlyMap<number, number> } {
  const rawDays = Math.max(kept.rawDays, ...[...seriesByPlugin.keys()].map((plugin) => rawDaysOf(kept, plugin)));
  const shorter = new Map<number, number>();
  for (const [plugin, series] of seriesByPlugin) {
    const days = rawDaysOf(kept, plugin);
    if (days < rawDays) for (const id of series) shorter.set(id, days * DAY_MS);
  }
  const retention = { rawMs: rawDays * DAY_MS, hourlyMs: kept.hourlyDays * DAY_MS, dailyMs: kept.dailyDays * DAY_MS };
  return { retention, shorter };
}
