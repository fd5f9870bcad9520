import { eq } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { z } from "zod";
import type { Plugin } from "../../plugins/sdk/plugin";
import { type Changes, type Prepared, sizeAfter } from "../alerts/changes";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import { refuseMovedSecrets } from "../moved-secrets";
import { keepSecrets } from "../secret-fields";
import { settleConfig } from "../settle-config";
import { checkConfig } from "../vault/check-config";
import type { Secrets } from "../vault/secret-reader";
import { DEFAULT_TIMEOUT_MS, type Instance, intervalFloor } from "./instance";

/** What a person decides about an instance. */
export interface InstanceDraft {
  readonly plugin: string;
  readonly name: string;
  readonly host?: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  readonly enabled?: boolean | undefined;
  readonly intervalSeconds?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly tags?: readonly string[] | undefined;
}
type InstanceChange = Partial<Omit<InstanceDraft, "plugin">>;

/** An instance without when it was made and changed. */
export type InstanceContent = Omit<Instance, "createdAt" | "updatedAt">;

export interface SettledInstance {
  readonly content: InstanceContent;
  /** Secrets that are `***` in the file and that nobody knows, by what forms call them. Until they are typed in it is paused. */
  readonly lacking: readonly string[];
}

export interface Instances {
  list(): readonly Instance[];
  get(id: string): Instance | undefined;
  /** @throws UnityError `not_found` */
  require(id: string): Instance;
  /** Checks a draft as saving would, stored secrets filled in. @throws UnityError `invalid` naming the field */
  check(draft: InstanceDraft, stored?: Instance): Instance;
  create(draft: InstanceDraft): Promise<Instance>;
  update(id: string, change: InstanceChange): Promise<Instance>;
  remove(id: string): Promise<Instance>;
  /**
   * What a file says of an instance, with the stored secrets that it keeps. Whether its name is free is not looked at.
   * @throws UnityError `invalid`, `not_found` naming the field
   */
  settle(draft: InstanceDraft & { readonly id?: string | undefined }, stored?: InstanceContent): SettledInstance;
  /** Of settled ones, to be written with other things. @throws UnityError `too_many` */
  prepare(changes: Changes<InstanceContent>): Prepared;
  /** Reads what other processes changed. */
  reload(): Promise<void>;
}

/** Where it was done: by this process, or by another one on the same database. */
export type Origin = "here" | "elsewhere";

const MAX_INSTANCES = 2_000;
const LONGEST_INTERVAL_SECONDS = 7 * 86_400;

type Row = Connection["schema"]["plugins"]["$inferSelect"];

/** Instances in memory, the database behind them. `changed` hears of every change after it is stored. */
export async function openInstances(
  { db, schema }: Connection,
  deps: {
    plugin: (id: string) => Plugin | undefined;
    localHost: string;
    secrets: Pick<Secrets, "seal" | "open" | "refuse">;
    clock: Clock;
    changed: (instance: Instance, kind: "added" | "changed" | "removed", origin: Origin) => void;
  },
): Promise<Instances> {
  const { plugins } = schema;
  const { clock, localHost, secrets } = deps;
  const known = new Map<string, Instance>();
  // Ids are in the order they were made.
  const readAll = () => db.select().from(plugins).orderBy(plugins.id);
  /** Secrets are read once, when a row is. */
  const load = (row: Row): Instance => ({ ...row, config: secrets.open(placeOf(row.id), row.config) });
  for (const row of await readAll()) known.set(row.id, load(row));

  function check(draft: InstanceDraft, stored?: Instance): Instance {
    const plugin = requirePlugin(draft.plugin);
    const name = draft.name.trim();
    if (name === "") throw new UnityError("invalid", "Give it a name.", { field: "name" });
    const taken = [...known.values()].some(
      (other) => other.plugin === plugin.id && other.name === name && other.id !== stored?.id,
    );
    if (taken)
      throw new UnityError("conflict", `${plugin.name} has an instance named "${name}" already.`, { field: "name" });
    const before = stored?.config ?? {};
    const config = keepSecrets(plugin.config, draft.config, before);
    refuseMovedSecrets(plugin.config, { entered: draft.config, config, before });
    const [issue] = checkConfig(plugin.config, { config, entered: draft.config, stored: before }, secrets);
    if (issue) throw invalidConfig(issue);
    const now = clock.now();
    return {
      ...contentOf(plugin, { ...draft, name, id: stored?.id, config }),
      createdAt: stored?.createdAt ?? now,
      // Strictly later, so that the runner sees every change.
      updatedAt: Math.max(now, (stored?.updatedAt ?? 0) + 1),
    };
  }

  function contentOf(plugin: Plugin, draft: InstanceDraft & { readonly id?: string | undefined }): InstanceContent {
    const intervalSeconds = draft.intervalSeconds ?? plugin.intervalSeconds;
    if (intervalSeconds < intervalFloor(plugin) || intervalSeconds > LONGEST_INTERVAL_SECONDS) {
      const message = `The interval must be between ${intervalFloor(plugin)} s and 7 days.`;
      throw new UnityError("invalid", message, { field: "intervalSeconds" });
    }
    return {
      id: draft.id ?? createId(),
      plugin: plugin.id,
      name: draft.name,
      host: draft.host?.trim() || localHost,
      enabled: draft.enabled ?? true,
      config: draft.config,
      intervalSeconds,
      timeoutMs: draft.timeoutMs ?? plugin.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      tags: [...new Set(draft.tags ?? [])],
    };
  }

  function requirePlugin(id: string): Plugin {
    const plugin = deps.plugin(id);
    if (!plugin) throw new UnityError("not_found", `There is no plugin "${id}".`, { field: "plugin" });
    return plugin;
  }

  function prepare({ add, change, remove }: Changes<InstanceContent>): Prepared {
    if (sizeAfter(known.size, { add, change, remove }) > MAX_INSTANCES)
      throw new UnityError("too_many", `More than ${MAX_INSTANCES} instances.`);
    const now = clock.now();
    const added = add.map((content) => ({ ...content, createdAt: now, updatedAt: now }));
    const changed = change.map((content) => {
      const { createdAt, updatedAt } = require(content.id);
      return { ...content, createdAt, updatedAt: Math.max(now, updatedAt + 1) };
    });
    const removed = remove.map(require);
    return {
      async write(tx) {
        // Names become free before they are taken.
        for (const { id } of removed) await tx.delete(plugins).where(eq(plugins.id, id));
        for (const one of changed) await tx.update(plugins).set(rowOf(one)).where(eq(plugins.id, one.id));
        for (const one of added) await tx.insert(plugins).values(rowOf(one));
      },
      async done() {
        for (const { id } of removed) known.delete(id);
        for (const one of [...changed, ...added]) known.set(one.id, one);
        for (const one of removed) deps.changed(one, "removed", "here");
        for (const one of changed) deps.changed(one, "changed", "here");
        for (const one of added) deps.changed(one, "added", "here");
      },
    };
  }

  const rowOf = (instance: Instance) => ({
    ...instance,
    config: { ...secrets.seal(placeOf(instance.id), deps.plugin(instance.plugin)?.config, instance.config) },
    tags: [...instance.tags],
  });

  function require(id: string): Instance {
    const instance = known.get(id);
    if (!instance) throw noInstance();
    return instance;
  }

  return {
    list: () => [...known.values()],
    get: (id) => known.get(id),
    require,
    check,
    async create(draft) {
      if (known.size >= MAX_INSTANCES)
        throw new UnityError("too_many", `There are ${MAX_INSTANCES} instances already.`);
      const instance = check(draft);
      await db.insert(plugins).values(rowOf(instance));
      known.set(instance.id, instance);
      deps.changed(instance, "added", "here");
      return instance;
    },
    async update(id, change) {
      const stored = require(id);
      const merged = {
        ...stored,
        ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      };
      const instance = check(merged, stored);
      await db.update(plugins).set(rowOf(instance)).where(eq(plugins.id, id));
      known.set(id, instance);
      deps.changed(instance, "changed", "here");
      return instance;
    },
    async remove(id) {
      const instance = require(id);
      await db.delete(plugins).where(eq(plugins.id, id));
      known.delete(id);
      deps.changed(instance, "removed", "here");
      return instance;
    },
    settle(draft, stored) {
      const plugin = requirePlugin(draft.plugin);
      const parts = { entered: draft.config, stored: stored?.config ?? {}, of: plugin.name };
      const { config, lacking } = settleConfig(plugin.config, parts, secrets);
      const enabled = (draft.enabled ?? true) && lacking.length === 0;
      return { content: contentOf(plugin, { ...draft, config, enabled, id: stored?.id ?? draft.id }), lacking };
    },
    prepare,
    async reload() {
      const rows = await readAll();
      const there = new Set(rows.map(({ id }) => id));
      for (const row of rows) {
        const mine = known.get(row.id);
        if (mine && mine.updatedAt >= row.updatedAt) continue;
        const instance = load(row);
        known.set(row.id, instance);
        deps.changed(instance, mine ? "changed" : "added", "elsewhere");
      }
      for (const instance of [...known.values()]) {
        if (there.has(instance.id)) continue;
        known.delete(instance.id);
        deps.changed(instance, "removed", "elsewhere");
      }
    },
  };
}

/** Also of one that somebody may not see: nobody can tell the two apart. */
export const noInstance = () => new UnityError("not_found", "This instance is not there any more.");

const placeOf = (row: string) => ({ table: "plugins", row });

const invalidConfig = ({ path, message }: z.core.$ZodIssue) =>
  new UnityError("invalid", message, { field: `config.${path.join(".")}` });
