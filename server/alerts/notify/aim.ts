import { createHash } from "node:crypto";
import { matches } from "../judge";
import type { Alert } from "../shapes/alert";
import { type Route, RouteDraft } from "../shapes/route";
import { SEVERITIES, type Severity } from "../shapes/rule";
import type { Facts, Place } from "./facts";
import { isWithin, localTime } from "./local-time";

/** A channel that is to be told of an alert, by which route. */
export interface Aim {
  readonly channelId: string;
  readonly route: Route;
  /** Only when nobody took note of it for so long. */
  readonly afterMs: number;
}

/** How channels of a rule's own are told where no route speaks of the alert. */
export const OWN: Route = { ...RouteDraft.parse({ name: "The rule's own channels" }), id: "own" };

/** Where nobody made routes: what is more than information, to every channel. */
export const FIRST_ROUTES: readonly Route[] = [
  {
    ...RouteDraft.parse({ name: "Everything important", match: { severity: "warning" }, channels: "all" }),
    id: "first",
  },
];

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);
export const isWorse = (one: Severity, other: Severity) => rank(one) > rank(other);

/** The routes that speak of an alert now: the first that fits, and those below it as far as each one lets on. */
export function routesFor(
  alert: Pick<Alert, "severity" | "labels" | "ruleLabels">,
  facts: Facts,
  routes: readonly Route[],
  now: number,
): Route[] {
  const found: Route[] = [];
  for (const route of routes) {
    if (!route.enabled || !fits(route, alert, facts, now)) continue;
    found.push(route);
    if (!route.continue) break;
  }
  return found;
}

/** Each channel once: by the route that tells it first. Digests are told otherwise. */
export function aimAt(
  alert: Alert,
  facts: Facts,
  { routes, places, now }: { routes: readonly Route[]; places: readonly Place[]; now: number },
): Aim[] {
  const prompt = routesFor(alert, facts, routes, now).filter(({ digest }) => digest === null);
  const own = prompt[0] ?? OWN;
  const aims = [
    ...alert.channels.map((channelId) => ({ channelId, route: own, afterMs: 0 })),
    ...prompt.flatMap((route) => [
      ...choose(route.channels, places).map((channelId) => ({ channelId, route, afterMs: 0 })),
      ...route.escalate.flatMap(({ afterMinutes, channels }) =>
        choose(channels, places).map((channelId) => ({ channelId, route, afterMs: afterMinutes * 60_000 })),
      ),
    ]),
  ];
  const open = new Set(places.flatMap(({ id, enabled }) => (enabled ? [id] : [])));
  const first = new Map<string, Aim>();
  for (const aim of aims) {
    const known = first.get(aim.channelId);
    if (open.has(aim.channelId) && (!known || aim.afterMs < known.afterMs)) first.set(aim.channelId, aim);
  }
  return [...first.values()];
}

/** Ids of the enabled channels that are meant. */
export function choose(wanted: "all" | readonly string[], places: readonly Place[]): string[] {
  return places.flatMap(({ id, enabled }) => (enabled && (wanted === "all" || wanted.includes(id)) ? [id] : []));
}

/** What comes together in one message has the same. Names of any length go in, so it is a hash of them. */
export function groupOf(alert: Alert, facts: Facts, { id, group }: Route): string {
  const of = { host: facts.host, instance: alert.instanceId, rule: alert.ruleId, all: "", none: alert.key };
  return createHash("sha256")
    .update(JSON.stringify([id, group, of[group]]))
    .digest("base64url")
    .slice(0, 32);
}

function fits(
  { match, timeZone }: Route,
  { severity, labels, ruleLabels }: Pick<Alert, "severity" | "labels" | "ruleLabels">,
  facts: Facts,
  now: number,
): boolean {
  const has = (wanted: readonly string[], given: readonly string[]) =>
    wanted.length === 0 || given.some((one) => wanted.includes(one));
  return (
    !isWorse(match.severity, severity) &&
    has(match.plugins, [facts.plugin]) &&
    has(match.hosts, [facts.host]) &&
    has(match.tags, facts.tags) &&
    matches({ ...labels, ...ruleLabels }, match.labels) &&
    (match.times.length === 0 || isWithin(match.times, localTime(now, timeZone)))
  );
}
