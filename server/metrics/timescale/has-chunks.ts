import type { SqlEngine } from "../../db/sql-engine";

/** Samples or rollups of the chunk engine, which are to be carried over. */
export async function hasChunks(engine: SqlEngine): Promise<boolean> {
  const tables = ["plugin_metrics_batch", "plugin_metrics_chunk", "plugin_metrics_rollup_chunk"];
  const [row] = await engine.query(
    `select case when ${tables.map((table) => `exists (select from ${table})`).join(" or ")} then 1 else 0 end`,
  );
  return Number(row?.[0]) === 1;
}
