import type { SqlEngine } from "../../db/sql-engine";

/** The tables in which the continuous aggregates keep their buckets: those can be written where a refresh would find no samples. */
export async function rollupTables(engine: SqlEngine): Promise<{ hourly: string; daily: string }> {
  const rows = await engine.query(
    `select view_name, format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)
     from timescaledb_information.continuous_aggregates where view_schema = current_schema()`,
  );
  const tables = new Map(rows.map(([view, table]) => [view, String(table)]));
  const hourly = tables.get("plugin_metrics_hourly");
  const daily = tables.get("plugin_metrics_daily");
  if (!hourly || !daily)
    throw new Error("The continuous aggregates plugin_metrics_hourly and plugin_metrics_daily are gone.");
  return { hourly, daily };
}
