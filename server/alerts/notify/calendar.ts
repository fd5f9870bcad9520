import type { Alert, AlertEvent } from "../shapes/alert";
import type { Message } from "../shapes/message";
import type { Route } from "../shapes/route";
import { routesFor } from "./aim";
import type { Tell } from "./decide";
import type { FactsOf } from "./facts";
import { formatIn, localTime, minutesOf } from "./local-time";
import { ENDINGS, recallAlert } from "./recall-alert";

/** Something that comes at a time of day, each day or on one day of the week. */
interface Appointment {
  readonly at: string;
  readonly timeZone: string;
  readonly weekday?: number;
}

/** What never came before comes only at its time, not at once because that has passed today. */
const PUNCTUAL_MINUTES = 10;

/** It is due: its time has passed today, and it did not come today. A day without that time, as clocks go forward, has the next one. */
export function isDue({ at, timeZone, weekday }: Appointment, lastAt: number | undefined, now: number): boolean {
  const local = localTime(now, timeZone);
  const late = local.minutes - minutesOf(at);
  if (late < 0 || (weekday !== undefined && weekday !== local.weekday)) return false;
  if (lastAt === undefined) return late < PUNCTUAL_MINUTES;
  return lastAt < now && localTime(lastAt, timeZone).day !== local.day;
}

/** What a day brought for a route, and what fires still. */
export function collectDigest(
  { events, open, since }: { events: readonly AlertEvent[]; open: readonly Alert[]; since: number },
  { route, routes, factsOf, now }: { route: Route; routes: readonly Route[]; factsOf: FactsOf; now: number },
): Tell[] {
  const firing = open.filter(({ firedAt }) => firedAt !== null);
  const tells = new Map<string, Tell>();
  for (const event of [...events].sort((one, other) => one.at - other.at)) {
    const known = tells.get(event.alertId)?.alert;
    const alert = recallAlert(event, known);
    tells.set(event.alertId, { event: ENDINGS.includes(event.event) ? "resolved" : "firing", alert });
  }
  for (const alert of firing) tells.set(alert.id, { event: (alert.firedAt ?? 0) < since ? "still" : "firing", alert });
  return [...tells.values()].filter(({ alert }) =>
    routesFor(alert, factsOf(alert), routes, now).some(({ id }) => id === route.id),
  );
}

/** What every canary belongs to. */
export const CANARY = "canary";

/** Says nothing but that messages arrive, and that it says nothing. */
export function composeCanary(id: string, timeZone: string, now: number, publicUrl: string): Message {
  return {
    id,
    groupKey: CANARY,
    kind: "canary",
    title: "Canary: messages of Unity arrive here",
    text: `This is the proof that alerts would reach you, sent ${formatIn(now, timeZone)}. Nothing is wrong.`,
    severity: "info",
    state: "resolved",
    alerts: [],
    more: 0,
    url: publicUrl === "" ? null : `${publicUrl}/alerts`,
    actions: [],
  };
}
