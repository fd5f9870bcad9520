import type { OpenAlert } from "@/components/data/outputs";

/** In which part of the page an alert stands. */
export type Stand = "loud" | "quiet" | "pending";

type Stood = Pick<OpenAlert, "phase" | "acknowledged" | "snoozedUntil" | "mutedBy">;

/** `loud` fires and nobody has taken note of it; `quiet` fires, and somebody has, or nobody is to be told. @param now epoch milliseconds */
export function standOf({ phase, acknowledged, snoozedUntil, mutedBy }: Stood, now: number): Stand {
  if (phase === "pending") return "pending";
  if (acknowledged !== null || mutedBy !== null) return "quiet";
  return snoozedUntil !== null && snoozedUntil > now ? "quiet" : "loud";
}

/** Open alerts by where they stand, in the order given. */
export function groupAlerts<A extends Stood>(alerts: readonly A[], now: number): Record<Stand, A[]> {
  const groups: Record<Stand, A[]> = { loud: [], quiet: [], pending: [] };
  for (const alert of alerts) groups[standOf(alert, now)].push(alert);
  return groups;
}

const HOUR_MS = 3_600_000;
const MORNING = 8;

/** The next eight o'clock in the viewer's zone: at three in the morning that is today's. Browser only. */
export function nextMorning(now: number): { readonly at: number; readonly day: "today" | "tomorrow" } {
  const date = new Date(now);
  const today = new Date(date.getFullYear(), date.getMonth(), date.getDate(), MORNING);
  if (today.getTime() - now >= HOUR_MS / 2) return { at: today.getTime(), day: "today" };
  // By the calendar, not by 24 hours: a night in which the clock changes has another length.
  return { at: new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING).getTime(), day: "tomorrow" };
}
