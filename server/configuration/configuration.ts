import { type AlertFiles, type AlertKind, changesOf, type LookedAlerts, reportAlerts } from "../alerts/alert-file";
import type { Prepared } from "../alerts/changes";
import { compare, type Difference } from "../alerts/exchange";
import type { NotifyBook } from "../alerts/notify/notify-book";
import type { ParentBook } from "../alerts/parent-book";
import { joinReports, type KindReport, reportChanges } from "../alerts/report-changes";
import type { ParentLink } from "../alerts/shapes/parent";
import { NotifySettings } from "../alerts/shapes/route";
import type { InstanceContent, Instances } from "../collect/instances";
import type { Registry } from "../collect/registry";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import type { RetentionBook } from "../retention/open-retention";
import { RetentionSettings } from "../retention/settings";
import { type ConfigSource, type ParsedConfig, parseConfig, printConfig } from "./config-yaml";
import { exportInstances, importInstances, resolveInstances } from "./import-instances";
import {
  CONFIG_PARTS,
  type ConfigContent,
  type ConfigKind,
  type ConfigPart,
  PART_OF,
  type SettingName,
} from "./shapes";

/** What files change, or would. Of `missing`, what is there but in no file, nothing is removed unless that was asked for. */
export interface ConfigReport extends KindReport<ConfigKind> {
  /** What somebody has to see to. For people. */
  readonly notes: readonly string[];
  /** False: it was only looked at. */
  readonly applied: boolean;
}

export interface ConfigOptions {
  /** Only says what would change. */
  readonly dryRun: boolean;
  readonly removeMissing: boolean;
  readonly by: string;
}

/** Of which what hangs on what is one thing, and each group of settings. */
interface ParentsContent {
  readonly id: "parents";
  readonly links: readonly ParentLink[];
}
interface SettingContent {
  readonly id: SettingName;
  readonly value: RetentionSettings | NotifySettings;
}

/** What files would make of everything that people set. */
export interface LookedConfig {
  readonly instances: Difference<InstanceContent>;
  readonly parents: Difference<ParentsContent>;
  readonly settings: Difference<SettingContent>;
  readonly alerts: LookedAlerts;
  readonly notes: readonly string[];
}

/** Everything that people set, to files and back. */
export interface Configuration {
  /** Without secrets, and of silences those that are not over. @param only these parts; of `things`, those with such ids */
  export(only?: { readonly parts?: readonly ConfigPart[] | undefined; readonly thing?: Thing | undefined }): string;
  /** All of it or nothing. @throws UnityError `invalid` saying where in which file */
  import(sources: readonly ConfigSource[], options: ConfigOptions): Promise<ConfigReport>;
  /** What files that were read would change. @throws as `import` */
  look(parsed: ParsedConfig, options: Omit<ConfigOptions, "dryRun">): LookedConfig;
  /** Writes what was looked at, all of it or nothing. @param more is written with it @throws UnityError `too_many` */
  write(
    looked: LookedConfig,
    options: { readonly removeMissing: boolean; readonly more?: Prepared["write"] },
  ): Promise<void>;
}

/** One thing of what people set. */
export interface Thing {
  readonly kind: ConfigKind;
  readonly id: string;
}

export interface ConfigurationParts {
  readonly connection: Pick<Connection, "db">;
  readonly registry: Pick<Registry, "get">;
  readonly instances: Pick<Instances, "list" | "settle" | "prepare">;
  readonly alertFiles: AlertFiles;
  readonly muting: { readonly parents: Pick<ParentBook, "get" | "prepare"> };
  readonly notifier: {
    readonly book: Pick<
      NotifyBook,
      "settings" | "shownSettings" | "hasSettings" | "settleSettings" | "prepareSettings"
    >;
  };
  readonly retention: Pick<RetentionBook, "get" | "isSet" | "prepare">;
  /** Settings were changed: other processes read them anew. */
  told(): void;
}

/** Of what is not there: nobody reads more. */
const MOST_NOTES = 100;

export function createConfiguration(parts: ConfigurationParts): Configuration {
  const { connection, registry, instances, alertFiles, muting, retention } = parts;
  const { book: notify } = parts.notifier;

  const content = (): ConfigContent => ({
    instances: exportInstances(instances, registry.get),
    parents: muting.parents.get(),
    ...alertFiles.content(),
    settings: { retention: inOrder(retention.get()), notifications: notify.shownSettings() },
  });

  function lookAtSettings({ file, refuse }: ParsedConfig): Difference<SettingContent> {
    const { retention: keep, notifications } = file.settings ?? {};
    const settle = <T>(name: SettingName, work: () => T): T => {
      try {
        return work();
      } catch (error) {
        throw error instanceof UnityError ? refuse("settings", null, error.message, [name]) : error;
      }
    };
    const there: SettingContent[] = [
      ...(retention.isSet() ? [{ id: "retention" as const, value: retention.get() }] : []),
      ...(notify.hasSettings() ? [{ id: "notifications" as const, value: notify.settings() }] : []),
    ];
    const entries: SettingContent[] = [];
    if (keep) {
      settle("retention", () => retention.prepare(keep));
      entries.push({ id: "retention", value: keep });
    }
    if (notifications)
      entries.push({ id: "notifications", value: settle("notifications", () => notify.settleSettings(notifications)) });
    return compare<SettingContent, SettingContent>(
      there.filter(({ id }) => entries.some((one) => one.id === id)),
      entries,
      { tellBy: ({ id }) => id, make: (entry) => entry },
    );
  }

  function lookAtParents(
    { file, refuse }: ParsedConfig,
    { find, after }: Pick<ReturnType<typeof importInstances>, "find" | "after">,
  ): Difference<ParentsContent> {
    const resolve = (index: number, called: string) => {
      const id = find(called);
      if (id === undefined)
        throw refuse("parents", index, `There is no instance "${called}", or several of this name.`);
      return id;
    };
    const links = file.parents?.map(
      ({ child, parent }, index): ParentLink => ({
        child: child.kind === "instance" ? { ...child, instance: resolve(index, child.instance) } : child,
        parent: resolve(index, parent),
      }),
    );
    if (links) muting.parents.prepare(links, after);
    const there = muting.parents.get();
    return compare<ParentsContent, ParentsContent>(
      there.length > 0 ? [{ id: "parents", links: there }] : [],
      links && (links.length > 0 || there.length > 0) ? [{ id: "parents", links }] : [],
      { tellBy: ({ id }) => id, make: (entry) => entry },
    );
  }

  function look(parsed: ParsedConfig, { removeMissing, by }: Omit<ConfigOptions, "dryRun">): LookedConfig {
    const { file, refuse } = parsed;
    const told = importInstances(instances, file.instances, { removeMissing, refuse, plugin: registry.get });
    const unknown = new Set<string>();
    const named = resolveInstances(file, told.find, (whose, called) => {
      unknown.add(`${whose} names an instance that is not there, or several of this name: ${called}.`);
    });
    const { instances: _, parents: __, settings: ___, ...alertParts } = file;
    const alerts = alertFiles.look({ file: { ...alertParts, ...named }, refuse }, { removeMissing, by });
    const lacking = told.lacking.map(
      ({ name, secrets }) => `"${name}" is paused until this is typed in: ${secrets.join(", ")}.`,
    );
    return {
      instances: told.difference,
      parents: { ...lookAtParents(parsed, told), missing: [] },
      settings: lookAtSettings(parsed),
      alerts,
      notes: [...lacking, ...[...unknown].slice(0, MOST_NOTES), ...alerts.notes],
    };
  }

  function prepare(looked: LookedConfig, removeMissing: boolean): Prepared[] {
    const instanceChanges = changesOf(looked.instances, removeMissing);
    const gone = new Set(instanceChanges.remove);
    const after = [...instances.list().filter(({ id }) => !gone.has(id)), ...instanceChanges.add].map(
      (one) => instanceChanges.change.find(({ id }) => id === one.id) ?? one,
    );
    const parents = changesOf(looked.parents, false);
    const settings = changesOf(looked.settings, false);
    return [
      instances.prepare(instanceChanges),
      ...alertFiles.prepare(looked.alerts, removeMissing),
      ...[...parents.add, ...parents.change].map(({ links }) => muting.parents.prepare(links, after)),
      ...[...settings.add, ...settings.change].map(prepareSetting),
    ];
  }

  const prepareSetting = ({ id, value }: SettingContent): Prepared =>
    id === "retention"
      ? retention.prepare(RetentionSettings.parse(value))
      : notify.prepareSettings(NotifySettings.parse(value));

  async function write(
    looked: LookedConfig,
    { removeMissing, more }: { readonly removeMissing: boolean; readonly more?: Prepared["write"] },
  ): Promise<void> {
    const prepared = prepare(looked, removeMissing);
    await connection.db.transaction(async (tx) => {
      for (const one of prepared) await one.write(tx);
      await more?.(tx);
    });
    for (const { done } of prepared) await done();
    if (looked.settings.added.length + looked.settings.changed.length > 0) parts.told();
  }

  return {
    look,
    write,
    export({ parts: only = CONFIG_PARTS, thing } = {}) {
      return thing ? printConfig(pick(content(), thing), [PART_OF[thing.kind]]) : printConfig(content(), only);
    },
    async import(sources, { dryRun, ...options }) {
      const looked = look(parseConfig(sources), options);
      if (!dryRun) await write(looked, options);
      return { ...reportConfig(looked), notes: looked.notes, applied: !dryRun };
    },
  };
}

const reportConfig = (looked: LookedConfig): KindReport<ConfigKind> =>
  joinReports<ConfigKind>([
    reportChanges("instance", looked.instances, ({ name }) => name),
    reportChanges("parents", looked.parents, () => "What hangs on what"),
    ...(reportAlerts(looked.alerts) satisfies KindReport<AlertKind>[]),
    reportChanges("setting", looked.settings, ({ id }) => SETTING_TITLE[id]),
  ]);

export const SETTING_TITLE: Readonly<Record<SettingName, string>> = {
  retention: "Retention",
  notifications: "Notifications",
};

function pick(content: ConfigContent, { kind, id }: Thing): ConfigContent {
  const part = PART_OF[kind];
  if (part === "parents") return content;
  if (part === "settings") {
    const value = content.settings[id as SettingName];
    if (value === undefined) throw nothingThere();
    return { ...content, settings: { [id]: value } };
  }
  const found = (content[part] ?? []).filter((one) => one.id === id);
  if (found.length === 0) throw nothingThere();
  return { ...content, [part]: found };
}

const nothingThere = () =>
  new UnityError("not_found", "There is nothing of this kind with this id that could be exported.");

/** As its shape has them: some databases keep no order. */
function inOrder(settings: RetentionSettings): RetentionSettings {
  const plugins = Object.entries(settings.plugins).sort(([one], [other]) => (one < other ? -1 : 1));
  return RetentionSettings.parse({ ...settings, plugins: Object.fromEntries(plugins) });
}
