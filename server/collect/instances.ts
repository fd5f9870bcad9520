import { eq } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { z } from "zod";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import { keepSecrets } from "../secret-fields";
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
  /** Reads what other processes changed. */
  reload(): Promise<void>;
}

/** Where it was done: by this process, or by another one on the same database. */
export type Origin = "here" | "elsewhere";

const MAX_INSTANCES = 2_000;
const LONGEST_INTERVAL_SECONDS = 7 * 86_400;

/** Instances in memory, the database behind them. `changed` hears of every change after it is stored. */
export async function openInstances(
  { db, schema }: Connection,
  deps: {
    plugin: (id: string) => Plugin | undefined;
    localHost: string;
    clock: Clock;
    changed: (instance: Instance, kind: "added" | "changed" | "removed", origin: Origin) => void;
  },
): Promise<Instances> {
  const { plugins } = schema;
  const { clock, localHost } = deps;
  const known = new Map<string, Instance>();
  // Ids are in the order they were made.
  const readAll = () => db.select().from(plugins).orderBy(plugins.id);
  for (const row of await readAll()) known.set(row.id, row);

  function check(draft: InstanceDraft, stored?: Instance): Instance {
    const plugin = deps.plugin(draft.plugin);
    if (!plugin) throw new UnityError("not_found", `There is no plugin "${draft.plugin}".`, { field: "plugin" });
    const name = draft.name.trim();
    if (name === "") throw new UnityError("invalid", "Give it a name.", { field: "name" });
    const taken = [...known.values()].some(
      (other) => other.plugin === plugin.id && other.name === name && other.id !== stored?.id,
    );
    if (taken)
      throw new UnityError("conflict", `${plugin.name} has an instance named "${name}" already.`, { field: "name" });
    const config = keepSecrets(plugin.config, draft.config, stored?.config ?? {});
    const parsed = plugin.config.safeParse(config);
    if (!parsed.success) throw invalidConfig(parsed.error);
    const intervalSeconds = draft.intervalSeconds ?? plugin.intervalSeconds;
    if (intervalSeconds < intervalFloor(plugin) || intervalSeconds > LONGEST_INTERVAL_SECONDS) {
      const message = `The interval must be between ${intervalFloor(plugin)} s and 7 days.`;
      throw new UnityError("invalid", message, { field: "intervalSeconds" });
    }
    const now = clock.now();
    return {
      id: stored?.id ?? createId(),
      plugin: plugin.id,
      name,
      host: draft.host?.trim() || localHost,
      enabled: draft.enabled ?? true,
      config,
      intervalSeconds,
      timeoutMs: draft.timeoutMs ?? plugin.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      tags: [...new Set(draft.tags ?? [])],
      createdAt: stored?.createdAt ?? now,
      // Strictly later, so that the runner sees every change.
      updatedAt: Math.max(now, (stored?.updatedAt ?? 0) + 1),
    };
  }

  const rowOf = (instance: Instance) => ({ ...instance, config: { ...instance.config }, tags: [...instance.tags] });

  function require(id: string): Instance {
    const instance = known.get(id);
    if (!instance) throw new UnityError("not_found", "This instance is not there any more.");
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
    async reload() {
      const rows = await readAll();
      const there = new Set(rows.map(({ id }) => id));
      for (const row of rows) {
        const mine = known.get(row.id);
        if (mine && mine.updatedAt >= row.updatedAt) continue;
        known.set(row.id, row);
        deps.changed(row, mine ? "changed" : "added", "elsewhere");
      }
      for (const instance of [...known.values()]) {
        if (there.has(instance.id)) continue;
        known.delete(instance.id);
        deps.changed(instance, "removed", "elsewhere");
      }
    },
  };
}

function invalidConfig(error: z.ZodError): UnityError {
  const issue = error.issues[0];
  const field = `config.${issue?.path.join(".") ?? ""}`;
  return new UnityError("invalid", issue?.message ?? "The configuration is not valid.", { field });
}
