import { FAILING_RULE } from "./default-rules";
import type { Alert } from "./shapes/alert";
import type { ParentLink } from "./shapes/parent";
import type { Place } from "./silence-match";

/** What an instance's last runs came to. */
export interface LastRuns {
  readonly successAt: number | null;
  /** Why the last one failed; null when it did not. */
  readonly reason: string | null;
}

export interface World {
  /** What is collected. */
  readonly places: readonly Place[];
  /** Said by hand, in order. */
  readonly links: readonly ParentLink[];
  /** The machine Unity runs on: it needs no network to be asked. */
  readonly localHost: string;
  lastRuns(instanceId: string): LastRuns;
  /** Of how many items an alert's rule must fire until its instance counts as down; 0 when it says nothing like that. */
  downFrom(alert: Alert): number;
}

/** A child is asked every so often, so what is down may show in it before it shows in its parent. */
const EARLIER_MS = 120_000;
/** A switch behind a switch behind a gateway, with room. */
const DEEPEST = 16;
/** What nobody can tell from a machine that is off. */
const SILENT: readonly (string | null)[] = ["timeout", "unreachable", "dns"];
/** Of several that fell silent in the same moment, the first of these speaks for its machine. */
const SPOKESMEN: readonly string[] = ["system-info", "network", "web-service", "dns"];
/** What others are reached through. */
const GATEWAYS: readonly string[] = ["firewall", "network-switch", "vpn", "vpn-mesh"];

/**
 * Which alerts are there because something that they hang on is down, and whose alert that is. What is muted never goes round in a
 * circle: one alert is always left that is told.
 * @param open pending and firing, of everybody
 * @returns by the alert's id, the alert that says it all
 */
export function findParents(open: readonly Alert[], world: World): ReadonlyMap<string, Alert> {
  const critical = open.filter(({ severity, standing }) => severity === "critical" && standing.phase === "firing");
  if (critical.length === 0) return new Map();
  const down = groupBy(findDown(critical, world), ({ instanceId }) => instanceId);
  if (down.size === 0) return new Map();
  const parents = linkAll(critical, world);
  const found = new Map<string, Alert>();
  for (const alert of open) {
    const root = findRoot(alert, parents, down);
    if (root) found.set(alert.id, root);
  }
  return found;
}

/** Alerts that say that an instance is down or out of reach. A full disk or a wrong password is no such thing: what hangs on it goes on. */
function findDown(critical: readonly Alert[], world: World): Alert[] {
  const alike = groupBy(critical, ({ ruleId, instanceId }) => `${ruleId}\n${instanceId}`);
  return [...alike.values()].flatMap((alerts) => {
    const [first] = alerts;
    if (!first) return [];
    if (first.ruleId === FAILING_RULE.id) return SILENT.includes(world.lastRuns(first.instanceId).reason) ? alerts : [];
    const from = world.downFrom(first);
    return from > 0 && alerts.length >= from ? alerts : [];
  });
}

type Parents = Map<string, Set<string>>;

/** The alert furthest up that began before it, or about when it did. */
function findRoot(alert: Alert, parents: Parents, down: ReadonlyMap<string, Alert[]>): Alert | undefined {
  const began = alert.firedAt ?? alert.standing.since;
  let root: Alert | undefined;
  const seen = new Set([alert.instanceId]);
  let level: string[] = [alert.instanceId];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((id) => [...(parents.get(id) ?? [])]).filter((id) => !seen.has(id));
    for (const id of level) seen.add(id);
    const causes = level.flatMap((id) => down.get(id) ?? []).filter((one) => firedAt(one) <= began + EARLIER_MS);
    root = earliest(causes) ?? root;
  }
  return root;
}

const firedAt = ({ firedAt, standing }: Alert) => firedAt ?? standing.since;

function earliest(alerts: readonly Alert[]): Alert | undefined {
  return alerts.reduce<Alert | undefined>(
    (first, one) => (first && firedAt(first) <= firedAt(one) ? first : one),
    undefined,
  );
}

/** By hand first, then what can be seen. An edge that would close a circle is left out. */
function linkAll(critical: readonly Alert[], world: World): Parents {
  const parents: Parents = new Map();
  const add = (child: string, parent: string) => {
    if (child === parent || reaches(parents, parent, child)) return;
    parents.set(child, (parents.get(child) ?? new Set()).add(parent));
  };
  for (const [child, parent] of expandLinks(world)) add(child, parent);
  for (const [child, parent] of deriveLinks(critical, world)) add(child, parent);
  return parents;
}

function reaches(parents: Parents, from: string, to: string): boolean {
  const seen = new Set<string>();
  const left = [from];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    left.push(...(parents.get(id) ?? []));
  }
  return false;
}

type Edge = readonly [child: string, parent: string];

function expandLinks({ links, places }: Pick<World, "links" | "places">): Edge[] {
  return links.flatMap(({ child, parent }): Edge[] => {
    if (child.kind === "instance") return [[child.instance, parent]];
    return places.flatMap(({ id, host }): Edge[] => (host === child.host && id !== parent ? [[id, parent]] : []));
  });
}

/** @returns the instances that hang on themselves, in a circle; empty when all is well */
export function findCircle(world: Pick<World, "links" | "places">): readonly string[] {
  const parents: Parents = new Map();
  for (const [child, parent] of expandLinks(world)) {
    if (child === parent || reaches(parents, parent, child)) return [child, parent];
    parents.set(child, (parents.get(child) ?? new Set()).add(parent));
  }
  return [];
}

/**
 * A machine is off when what is on it falls silent and nothing on it has answered since: the first that fell silent speaks for the
 * others. Likewise the way to all machines, when a gateway falls silent and nothing elsewhere has answered since.
 */
function deriveLinks(critical: readonly Alert[], { places, localHost, lastRuns }: World): Edge[] {
  const silent = places.flatMap((place) => {
    const runs = lastRuns(place.id);
    const alert = critical.find(({ ruleId, instanceId }) => ruleId === FAILING_RULE.id && instanceId === place.id);
    return alert && SILENT.includes(runs.reason) ? [{ place, at: firedAt(alert) }] : [];
  });
  const answeredSince = (one: Place, at: number) => (lastRuns(one.id).successAt ?? Number.NEGATIVE_INFINITY) >= at;
  const edges: Edge[] = [];
  for (const [host, there] of groupBy(silent, ({ place }) => place.host)) {
    const [first, ...others] = there.toSorted(
      (one, other) => one.at - other.at || rankOf(one.place) - rankOf(other.place),
    );
    if (!first || places.some((one) => one.host === host && answeredSince(one, first.at))) continue;
    edges.push(...others.map(({ place }): Edge => [place.id, first.place.id]));
  }
  const [gateway] = silent.filter(({ place }) => GATEWAYS.includes(place.plugin)).toSorted((a, b) => a.at - b.at);
  if (!gateway) return edges;
  const isBeyond = ({ host }: Place) => host !== localHost && host !== gateway.place.host;
  if (places.some((one) => isBeyond(one) && answeredSince(one, gateway.at))) return edges;
  edges.push(...silent.flatMap(({ place }): Edge[] => (isBeyond(place) ? [[place.id, gateway.place.id]] : [])));
  return edges;
}

function rankOf({ plugin }: Place): number {
  const rank = SPOKESMEN.indexOf(plugin);
  return rank < 0 ? SPOKESMEN.length : rank;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
