import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Changes, Prepared } from "./changes";
import type { ChannelBook } from "./channel-book";
import { type ChannelContent, compareAlerts, type Difference, type Exchange } from "./exchange";
import { exportChannels, importChannels, resolveChannels } from "./import-channels";
import type { NotifyBook } from "./notify/notify-book";
import { joinReports, type KindReport, reportChanges } from "./report-changes";
import type { RuleBook } from "./rule-book";
import type { Override } from "./shapes/override";
import type { SilenceBook } from "./silence-book";
import { type AlertFileContent, type AlertFilePart, type ParsedFile, parseAlerts, printAlerts } from "./yaml";

export type AlertKind = "rule" | "override" | "channel" | "route" | "silence";

/** What a file changes, or would. Of `missing`, what is there but not in the file, nothing is removed unless that was asked for. */
export interface ImportReport extends KindReport<AlertKind> {
  /** What somebody has to see to: secrets to be typed in, channels that there are not. For people. */
  readonly notes: readonly string[];
  /** False: it was only looked at. */
  readonly applied: boolean;
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
  /** The same, to be printed with other things. */
  content(): AlertFileContent;
  /** All of it or nothing. @throws UnityError `invalid` saying where in the file */
  import(text: string, options: ImportOptions): Promise<ImportReport>;
  /** What a file that was read would change. @throws as `import` */
  look(parsed: ParsedFile, options: Pick<ImportOptions, "removeMissing" | "by">): LookedAlerts;
  /** What was looked at, to be written with other things. @throws UnityError `too_many` */
  prepare(looked: LookedAlerts, removeMissing: boolean): Prepared[];
}

/** What a file would make of each kind of thing; of kinds that it does not speak of, nothing. */
export interface LookedAlerts extends Exchange {
  readonly channels: Difference<ChannelContent>;
  /** The kinds that the file speaks of. */
  readonly parts: ReadonlySet<AlertFilePart>;
  readonly notes: readonly string[];
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

  function look({ file, refuse }: ParsedFile, { removeMissing, by }: Pick<ImportOptions, "removeMissing" | "by">) {
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
      parts: new Set((Object.keys(file) as AlertFilePart[]).filter((part) => file[part])),
      notes: [...notes, ...[...unknown].slice(0, MOST_NOTES)],
      channels: told.difference,
      ...found,
      silences: { ...found.silences, missing },
    };
  }

  function prepare(looked: LookedAlerts, removeMissing: boolean): Prepared[] {
    const changes = <T extends { readonly id: string }>(difference: Difference<T>) =>
      changesOf(difference, removeMissing);
    const { parts } = looked;
    return [
      ...(parts.has("rules") || parts.has("overrides")
        ? [rules.prepare({ rules: changes(looked.rules), overrides: changes(looked.overrides) })]
        : []),
      ...(parts.has("channels") ? [channels.prepare(changes<ChannelContent>(looked.channels))] : []),
      ...(parts.has("routes") ? [notify.prepareRoutes(routesAfter(looked.routes, notify.routes()))] : []),
      ...(parts.has("silences") ? [silences.prepare(changes(looked.silences))] : []),
    ];
  }

  const content = (): AlertFileContent => ({
    rules: rules.rules(),
    overrides: rules.overrides(),
    channels: exportChannels(channels.list()),
    routes: notify.hasRoutes() ? notify.routes() : undefined,
    silences: silences
      .all()
      .flatMap(({ silence: { createdBy: _, createdAt: __, ...silence } }) => (isOver(silence.id) ? [] : [silence])),
  });

  return {
    look,
    prepare,
    content,
    export: () => printAlerts(content()),
    async import(text, options) {
      const looked = look(parseAlerts(text), options);
      if (!options.dryRun) {
        const prepared = prepare(looked, options.removeMissing);
        await connection.db.transaction(async (tx) => {
          for (const { write } of prepared) await write(tx);
        });
        for (const { done } of prepared) await done();
      }
      return { ...joinReports(reportAlerts(looked)), notes: looked.notes, applied: !options.dryRun };
    },
  };
}

/** Of each kind of thing, what becomes of it, in names. */
export const reportAlerts = (looked: LookedAlerts): KindReport<AlertKind>[] => [
  reportChanges("rule", looked.rules, ({ name }) => name),
  reportChanges("override", looked.overrides, overrideName),
  reportChanges("channel", looked.channels, ({ name }) => name),
  reportChanges("route", looked.routes, ({ name }) => name),
  reportChanges("silence", looked.silences, ({ name }) => name),
];

/** An override has no name of its own. */
export const overrideName = ({ rule, scope }: Pick<Override, "rule" | "scope">): string =>
  `${rule ?? "every rule"}, ${scope.kind}`;

export const changesOf = <T extends { readonly id: string }>(
  { added, changed, missing }: Difference<T>,
  removeMissing: boolean,
): Changes<T> => ({
  add: added,
  change: changed.map(({ to }) => to),
  remove: removeMissing ? missing.map(({ id }) => id) : [],
});

/** In the order that they have then. */
function routesAfter({ order, added, changed }: Exchange["routes"], there: ReturnType<NotifyBook["routes"]>) {
  const next = new Map(there.map((route) => [route.id, route]));
  for (const { order: _, ...route } of [...added, ...changed.map(({ to }) => to)]) next.set(route.id, route);
  return order.flatMap((id) => next.get(id) ?? []);
}
