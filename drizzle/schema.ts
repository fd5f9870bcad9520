import type { Inventory, Labels } from "../plugins/sdk/plugin";
import type { Vocabulary } from "./dialects/postgres";

/** Every table of the configuration, written once for all dialects. Samples have `samples.ts`. */
export function defineSchema(d: Vocabulary) {
  /** Instances: a plugin configured for one target. */
  const plugins = d.table(
    "plugins",
    {
      id: d.id().primaryKey(),
      plugin: d.key().notNull(),
      name: d.key().notNull(),
      host: d.key().notNull(),
      enabled: d.bool().notNull().default(true),
      /** Secrets are encrypted inside. */
      config: d.json<Record<string, unknown>>().notNull(),
      intervalSeconds: d.int().notNull(),
      timeoutMs: d.int().notNull(),
      tags: d.json<string[]>().notNull(),
      createdAt: d.time().notNull(),
      updatedAt: d.time().notNull(),
    },
    (t) => [d.unique("plugins_plugin_name").on(t.plugin, t.name)],
  );

  /** How each instance is doing. */
  const pluginStatus = d.table("plugin_status", {
    instanceId: d
      .id()
      .primaryKey()
      .references(() => plugins.id, { onDelete: "cascade" }),
    health: d.oneOf(["unknown", "healthy", "degraded", "failing"]).notNull(),
    since: d.time().notNull(),
    lastRunAt: d.time(),
    lastSuccessAt: d.time(),
    reason: d.key(),
    message: d.text(),
    hint: d.text(),
    consecutiveErrors: d.int().notNull().default(0),
  });

  /** Runs; pruned after a week. */
  const pluginExecutions = d.table(
    "plugin_executions",
    {
      id: d.id().primaryKey(),
      instanceId: d
        .id()
        .notNull()
        .references(() => plugins.id, { onDelete: "cascade" }),
      startedAt: d.time().notNull(),
      durationMs: d.int().notNull(),
      outcome: d.oneOf(["ok", "partial", "failed"]).notNull(),
      readings: d.int().notNull(),
      refused: d.int().notNull(),
      attempts: d.int().notNull(),
      reason: d.key(),
      message: d.text(),
      hint: d.text(),
      /** The first refused readings and partial failures, in words. */
      remarks: d.json<string[]>().notNull(),
    },
    (t) => [d.index("plugin_executions_instance_started").on(t.instanceId, t.startedAt)],
  );

  /** The latest structured snapshot of an instance. */
  const pluginInventory = d.table("plugin_inventory", {
    instanceId: d
      .id()
      .primaryKey()
      .references(() => plugins.id, { onDelete: "cascade" }),
    at: d.time().notNull(),
    snapshot: d.json<Inventory>().notNull(),
  });

  /** One metric of one instance with one set of label values. */
  const metricSeries = d.table(
    "metric_series",
    {
      id: d.serial().primaryKey(),
      instanceId: d.id().notNull(),
      metric: d.key().notNull(),
      labels: d.json<Labels>().notNull(),
      /** Of the labels, so that the triple is unique on every dialect. */
      hash: d.key().notNull(),
      createdAt: d.time().notNull(),
    },
    (t) => [d.unique("metric_series_identity").on(t.instanceId, t.metric, t.hash)],
  );

  /** Unity processes that share this database. Those that met others are remembered: their machine is another one. */
  const processes = d.table("unity_processes", {
    id: d.id().primaryKey(),
    host: d.key().notNull(),
    seenAt: d.time().notNull(),
    met: d.bool().notNull().default(false),
  });

  /** Which process collects an instance, and until when nobody else does. No reference: an instance may be removed while it is collected. */
  const pluginLeases = d.table("plugin_leases", {
    instanceId: d.id().primaryKey(),
    process: d.id().notNull(),
    until: d.time().notNull(),
  });

  const settings = d.table("settings", { key: d.key().primaryKey(), value: d.json<unknown>().notNull() });

  return {
    plugins,
    pluginStatus,
    pluginExecutions,
    pluginInventory,
    metricSeries,
    processes,
    pluginLeases,
    settings,
  };
}
export type Schema = ReturnType<typeof defineSchema>;
