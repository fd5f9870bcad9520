import type { Inventory, Labels } from "../plugins/sdk/plugin";
import { defineAccounts } from "./accounts";
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

  /** Rules of people and of files; plugins' own are in their definitions. */
  const alerts = d.table("alerts", {
    id: d.id().primaryKey(),
    origin: d.oneOf(["person", "file"]).notNull(),
    rule: d.json<unknown>().notNull(),
    createdAt: d.time().notNull(),
    updatedAt: d.time().notNull(),
  });

  /** What people decided otherwise than a rule does, for a plugin, a host, an instance or single items. */
  const alertOverrides = d.table("alert_overrides", {
    id: d.id().primaryKey(),
    override: d.json<unknown>().notNull(),
    createdAt: d.time().notNull(),
    updatedAt: d.time().notNull(),
  });

  /** What is pending or fires now. No reference: an instance may be removed meanwhile. */
  const alertStates = d.table(
    "alert_states",
    {
      /** Of this one time that it fires. */
      id: d.id().primaryKey(),
      instanceId: d.id().notNull(),
      alert: d.json<unknown>().notNull(),
      updatedAt: d.time().notNull(),
    },
    (t) => [d.index("alert_states_instance").on(t.instanceId)],
  );

  /** Every change of an alert that fired, and what people did with it; pruned. A hypertable on TimescaleDB, so its key holds the time. */
  const alertHistory = d.table(
    "alert_history",
    {
      id: d.id().notNull(),
      at: d.time().notNull(),
      alertId: d.id().notNull(),
      ruleId: d.key().notNull(),
      instanceId: d.id().notNull(),
      /** A phase that it came into, or what was done: acknowledged, snoozed, ... */
      event: d.key().notNull(),
      severity: d.oneOf(["info", "warning", "critical"]).notNull(),
      value: d.real(),
      threshold: d.real(),
      /** Who did it; null for what came by itself. */
      actor: d.key(),
      details: d.json<unknown>().notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.id, t.at] }),
      d.index("alert_history_at").on(t.at),
      d.index("alert_history_alert").on(t.alertId),
      d.index("alert_history_instance_at").on(t.instanceId, t.at),
    ],
  );

  /** Where people are told. */
  const channels = d.table(
    "channels",
    {
      id: d.id().primaryKey(),
      kind: d.key().notNull(),
      name: d.key().notNull(),
      enabled: d.bool().notNull().default(true),
      config: d.json<Record<string, unknown>>().notNull(),
      createdAt: d.time().notNull(),
      updatedAt: d.time().notNull(),
    },
    (t) => [d.unique("channels_name").on(t.name)],
  );

  /** Times when nobody is told of what matches: once, or by the calendar. */
  const silences = d.table("silences", {
    id: d.id().primaryKey(),
    silence: d.json<unknown>().notNull(),
    createdBy: d.key(),
    createdAt: d.time().notNull(),
    updatedAt: d.time().notNull(),
    /** When it is over for good; null while it comes again. */
    endsAt: d.time(),
  });

  /** Messages to channels, from the moment that they are due to what came of them; pruned. */
  const notifications = d.table(
    "notifications",
    {
      id: d.id().primaryKey(),
      channelId: d.id().notNull(),
      /** Alerts of one group come in one message. */
      groupKey: d.key().notNull(),
      state: d.oneOf(["waiting", "sending", "sent", "failed", "dropped"]).notNull(),
      dueAt: d.time().notNull(),
      attempts: d.int().notNull().default(0),
      message: d.json<unknown>().notNull(),
      /** What the channel said to the last attempt; never a secret. */
      answer: d.text(),
      createdAt: d.time().notNull(),
      finishedAt: d.time(),
    },
    (t) => [
      d.index("notifications_state_due").on(t.state, t.dueAt),
      d.index("notifications_channel_created").on(t.channelId, t.createdAt),
    ],
  );

  const settings = d.table("settings", { key: d.key().primaryKey(), value: d.json<unknown>().notNull() });

  return {
    plugins,
    pluginStatus,
    pluginExecutions,
    pluginInventory,
    metricSeries,
    processes,
    pluginLeases,
    alerts,
    alertOverrides,
    alertStates,
    alertHistory,
    channels,
    silences,
    notifications,
    settings,
    ...defineAccounts(d),
  };
}
export type Schema = ReturnType<typeof defineSchema>;
