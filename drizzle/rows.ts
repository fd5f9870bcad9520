import type { Vocabulary } from "./dialects/postgres";

/** Samples as rows, as the first versions kept them in the embedded database. No other has these tables. */
export function defineRows(d: Vocabulary) {
  /** Samples as rows. */
  const pluginMetrics = d.table(
    "plugin_metrics",
    { series: d.int().notNull(), at: d.time().notNull(), value: d.real().notNull() },
    (t) => [d.primaryKey({ columns: [t.series, t.at] })],
  );

  /** Samples aggregated into buckets of `tier` seconds. */
  const pluginMetricsRollup = d.table(
    "plugin_metrics_rollup",
    {
      tier: d.int().notNull(),
      series: d.int().notNull(),
      at: d.time().notNull(),
      count: d.int().notNull(),
      sum: d.real().notNull(),
      min: d.real().notNull(),
      max: d.real().notNull(),
      last: d.real().notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.tier, t.series, t.at] })],
  );

  return { pluginMetrics, pluginMetricsRollup };
}
