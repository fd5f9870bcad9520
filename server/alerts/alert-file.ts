import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Changes } from "./changes";
import type { ChannelBook } from "./channel-book";
import { type ChannelContent, canonical, compareAlerts, type Difference, type Exchange } from "./exchange";
import { exportChannels, importChannels, resolveChannels } from "./import-channels";
import type { NotifyBook } from "./notify/notify-book";
import type { RuleBook } from "./rule-book";
import type { SilenceBook } from "./silence-book";
import { parseAlerts, printAlerts } from "./yaml";

/** What a file changes, or would. Names are a thing's own, or what an override speaks of. */
export interface ImportReport {
  readonly added: readonly ImportLine[];
  readonly changed: readonly (ImportLine & { readonly fields: readonly string[] })[];
  /** There, but not in the file: removed only when that was asked for. */
  readonly missing: readonly ImportLine[];
  readonly unchanged: number;
  /** What somebody has to see to: secrets to be typed in, channels that there are not. For people. */
  readonly notes: readonly string[];
  /** False: it was only looked at. */
  readonly applied: boolean;
}

interface ImportLine {
  readonly kind: "rule" | "override" | "channel" | "route" | "silence";
  readonly id: string;
  readonly name: string;
}

export interface ImportOptions {
  /** Only says what would change. */
  readonly dryRun: boolean;
  readonly removeMissing: boolean;
  readonly by: string;
}

/** Of channels that are not there: nobody reads more. */
const MOST_NOTES = 100;

export interface AlertFiles {
  /** Channels are without their secrets, and of silences those that are not over. */
  export(): string;
  /** All of it or nothing. @throws UnityError `invalid` saying where in the file */
  import(text: string, options: ImportOptions): Promise<ImportReport>;
}

export interface AlertFileParts {
  readonly connection: Pick<Connection, "db">;
  readonly alerts: { readonly book: Pick<RuleBook, "rules" | "overrides" | "prepare"> };
  readonly channels: { readonly book: Pick<ChannelBook, "list" | "settle" | "prepare"> };
  readonly muting: { readonly silences: Pick<SilenceBook, "all" | "prepare"> };
  readonly notifier: { readonly book: Pick<NotifyBook, "routes" | "hasRoutes" | "prepareRoutes"> };
  readonly clock: Pick<Clock, "now">;
}

/** Everything that people set about alerts, to a file and back. */
export function createAlertFiles({ connection, clock, ...parts }: AlertFileParts): AlertFiles {
  const { book: rules } = parts.alerts;
  const { book: channels } = parts.channels;
  const { silences } = parts.muting;
  const { book: notify } = parts.notifier;
  const isOver = (id: string) => {
    const endsAt = silences.all().find(({ silence }) => silence.id === id)?.window.endsAt ?? null;
    return endsAt !== null && endsAt <= clock.now();
  };

  function look(text: string, { removeMissing, by }: ImportOptions) {
    const { file, refuse } = parseAlerts(text);
    const told = importChannels(channels, file.channels, { removeMissing, refuse });
    const notes = told.lacking.map(
      ({ name, secrets }) => `The channel "${name}" is off until this is typed in: ${secrets.join(", ")}.`,
    );
    const unknown = new Set<string>();
    const named = resolveChannels(file, told.find, (whose, called) => {
      unknown.add(`${whose} names a channel that is not there: ${called}.`);
    });
    const there = {
      rules: rules.rules(),
      overrides: rules.overrides(),
      // The one that stands while nobody made any is nobody's.
      routes: notify.hasRoutes() ? notify.routes() : [],
      silences: silences.all().map(({ silence }) => silence),
    };
    const found = compareAlerts(there, { ...file, ...named }, { by, now: clock.now(), removeMissing });
    const missing = found.silences.missing.filter(({ id }) => !isOver(id));
    return {
      file,
      notes: [...notes, ...[...unknown].slice(0, MOST_NOTES)],
      channels: told.difference,
      ...found,
      silences: { ...found.silences, missing },
    };
  }
  type Looked = ReturnType<typeof look>;

  async function apply(looked: Looked, removeMissing: boolean): Promise<void> {
    const changes = <T extends { readonly id: string }>({ added, changed, missing }: Difference<T>): Changes<T> => ({
      add: added,
      change: changed.map(({ to }) => to),
      remove: removeMissing ? missing.map(({ id }) => id) : [],
    });
    const { file } = looked;
    const prepared = [
      ...(file.rules || file.overrides
        ? [rules.prepare({ rules: changes(looked.rules), overrides: changes(looked.overrides) })]
        : []),
      ...(file.channels ? [channels.prepare(changes<ChannelContent>(looked.channels))] : []),
      ...(file.routes ? [notify.prepareRoutes(routesAfter(looked.routes, notify.routes()))] : []),
      ...(file.silences ? [silences.prepare(changes(looked.silences))] : []),
    ];
    await connection.db.transaction(async (tx) => {
      for (const { write } of prepared) await write(tx);
    });
    for (const { done } of prepared) await done();
  }

  return {
    export() {
      return printAlerts({
        rules: rules.rules(),
        overrides: rules.overrides(),
        channels: exportChannels(channels.list()),
        routes: notify.hasRoutes() ? notify.routes() : undefined,
        silences: silences
          .all()
          .flatMap(({ silence: { createdBy: _, createdAt: __, ...silence } }) => (isOver(silence.id) ? [] : [silence])),
      });
    },
    async import(text, options) {
      const looked = look(text, options);
      if (!options.dryRun) await apply(looked, options.removeMissing);
      const parts = [
        report("rule", looked.rules, ({ name }) => name),
        report("override", looked.overrides, ({ rule, scope }) => `${rule ?? "every rule"}, ${scope.kind}`),
        report("channel", looked.channels, ({ name }) => name),
        report("route", looked.routes, ({ name }) => name),
        report("silence", looked.silences, ({ name }) => name),
      ];
      return {
        added: parts.flatMap(({ added }) => added),
        changed: parts.flatMap(({ changed }) => changed),
        missing: parts.flatMap(({ missing }) => missing),
        unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
        notes: looked.notes,
        applied: !options.dryRun,
      };
    },
  };
}

/** In the order that they have then. */
function routesAfter({ order, added, changed }: Exchange["routes"], there: ReturnType<NotifyBook["routes"]>) {
  const next = new Map(there.map((route) => [route.id, route]));
  for (const { order: _, ...route } of [...added, ...changed.map(({ to }) => to)]) next.set(route.id, route);
  return order.flatMap((id) => next.get(id) ?? []);
}

function report<T extends { readonly id: string }>(
  kind: ImportLine["kind"],
  { added, changed, missing, unchanged }: Difference<T>,
  nameOf: (one: T) => string,
) {
  const line = (one: T): ImportLine => ({ kind, id: one.id, name: nameOf(one) });
  return {
    added: added.map(line),
    changed: changed.map(({ from, to }) => ({ ...line(to), fields: fieldsOf(from, to) })),
    missing: missing.map(line),
    unchanged: unchanged.length,
  };
}

function fieldsOf(from: object, to: object): string[] {
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => canonical(before.get(key)) !== canonical(after.get(key)));
}
