import { v7 as createId } from "uuid";
import type { ChannelDraft } from "./shapes/channel";
import type { Override } from "./shapes/override";
import type { Route } from "./shapes/route";
import type { Rule } from "./shapes/rule";
import type { Silence } from "./shapes/silence";
import type { AlertFile, OverrideEntry, RouteEntry, RuleEntry, SilenceEntry } from "./yaml";

export interface ChannelContent extends ChannelDraft {
  readonly id: string;
}
/** With its place among those that stay. */
export type PlacedRoute = Route & { readonly order: number };

/** What a file would make of what is there. */
export interface Exchange {
  readonly rules: Difference<Rule>;
  readonly overrides: Difference<Override>;
  readonly routes: Difference<PlacedRoute> & { readonly order: readonly string[] };
  readonly silences: Difference<Silence>;
}
export interface Difference<T> {
  readonly added: readonly T[];
  readonly changed: readonly { readonly from: T; readonly to: T }[];
  /** There, but not in the file. */
  readonly missing: readonly T[];
  readonly unchanged: readonly T[];
  /** What each entry of the file became, or is, in the file's order. */
  readonly ids: readonly string[];
}

export interface There {
  readonly rules: readonly Rule[];
  readonly overrides: readonly Override[];
  readonly routes: readonly Route[];
  readonly silences: readonly Silence[];
}

/**
 * Pure. A thing is found by its id, and without one by what people tell it by: a name, an override's rule and scope. A part that the file
 * does not have is as it is.
 */
export function compareAlerts(
  there: There,
  file: Omit<AlertFile, "channels">,
  { by, now, removeMissing }: { by: string; now: number; removeMissing: boolean },
): Exchange {
  return {
    rules: compare<Rule, RuleEntry>(there.rules, file.rules, {
      tellBy: ({ name }) => name,
      make: (entry, known) => ({
        ...entry,
        id: known?.id ?? entry.id ?? createId(),
        origin: known?.origin ?? "person",
      }),
    }),
    overrides: compare<Override, OverrideEntry>(there.overrides, file.overrides, {
      tellBy: ({ rule, scope }) => canonical({ rule, scope }),
      make: (entry, known) => ({ ...entry, id: known?.id ?? entry.id ?? createId() }),
    }),
    routes: compareRoutes(there.routes, file.routes, removeMissing),
    silences: compare<Silence, SilenceEntry>(there.silences, file.silences, {
      tellBy: ({ kind, name }) => canonical({ kind, name }),
      make: (entry, known) => ({
        ...entry,
        id: known?.id ?? entry.id ?? createId(),
        createdBy: known ? known.createdBy : by,
        createdAt: known?.createdAt ?? now,
      }),
    }),
  };
}

/** The file's first, in its order; what it does not have comes below. */
function compareRoutes(
  there: readonly Route[],
  entries: readonly RouteEntry[] | undefined,
  removeMissing: boolean,
): Exchange["routes"] {
  const made: string[] = [];
  const plain = compare<Route, RouteEntry>(there, entries, {
    tellBy: ({ name }) => name,
    make(entry, known) {
      const id = known?.id ?? entry.id ?? createId();
      made.push(id);
      return { ...entry, id };
    },
  });
  const gone = new Set(removeMissing ? plain.missing.map(({ id }) => id) : []);
  const order = entries
    ? [...made, ...plain.missing.flatMap(({ id }) => (gone.has(id) ? [] : [id]))]
    : there.map(({ id }) => id);
  const before = there.flatMap(({ id }) => (gone.has(id) ? [] : [id]));
  const after = order.filter((id) => before.includes(id));
  const place = (route: Route, among: readonly string[]) => ({ ...route, order: among.indexOf(route.id) });
  const hasMoved = ({ id }: Route) => before.indexOf(id) !== after.indexOf(id);
  return {
    order,
    added: plain.added.map((route) => place(route, order)),
    changed: [
      ...plain.changed,
      ...[...plain.unchanged, ...plain.missing.filter(({ id }) => !gone.has(id))]
        .filter(hasMoved)
        .map((route) => ({ from: route, to: route })),
    ].map(({ from, to }) => ({ from: place(from, before), to: place(to, after) })),
    missing: plain.missing.map((route) => place(route, before)),
    unchanged: plain.unchanged.filter((route) => !hasMoved(route)).map((route) => place(route, before)),
    ids: plain.ids,
  };
}

/** @param entries undefined where the file does not speak of such things */
export function compare<T extends E & { readonly id: string }, E extends { readonly id?: string | undefined }>(
  there: readonly T[],
  entries: readonly E[] | undefined,
  {
    tellBy,
    make,
    isTold = false,
    seen = (one) => one,
  }: {
    tellBy(entry: E): string;
    make(entry: E, known: T | undefined): T;
    /** What it is told by is there once: also an entry with an id that nothing has is found by it. */
    isTold?: boolean;
    /** What of it is compared. */
    seen?: (one: T) => unknown;
  },
): Difference<T> {
  const [added, unchanged]: [T[], T[]] = [[], []];
  const changed: { from: T; to: T }[] = [];
  if (!entries) return { added, changed, unchanged, missing: [], ids: [] };
  const byId = new Map(there.map((one) => [one.id, one]));
  const named = new Set(entries.flatMap(({ id }) => id ?? []));
  // Whoever is named by its id is not meant by another entry as well.
  const byName = new Map(there.filter(({ id }) => !named.has(id)).map((one) => [tellBy(one), one]));
  const ids: string[] = [];
  for (const entry of entries) {
    const own = entry.id === undefined ? undefined : byId.get(entry.id);
    const isFoundByName = entry.id === undefined || (isTold && !own);
    const known = isFoundByName ? byName.get(tellBy(entry)) : own;
    if (isFoundByName) byName.delete(tellBy(entry));
    const made = make(entry, known);
    ids.push(made.id);
    if (!known) added.push(made);
    else if (canonical(seen(known)) === canonical(seen(made))) unchanged.push(known);
    else changed.push({ from: known, to: made });
  }
  const met = new Set(ids);
  return { added, changed, unchanged, missing: there.filter(({ id }) => !met.has(id)), ids };
}

/** The same for what is the same, in whatever order its fields came. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([first], [second]) => (first < second ? -1 : 1)))
      : one,
  );
}
