import type { SqlEngine } from "../../db/sql-engine";
import { dropOwnStart } from "./own-starts";
import { WITHOUT_BOUND } from "./put-samples";
import { counting, lockState } from "./reach";
import { rollupTables } from "./rollup-tables";

/** Series with everything of theirs. A refresh would not take what is older than the raw samples: it is deleted where it lies. */
export async function forgetSeries(engine: SqlEngine, series: readonly number[]): Promise<void> {
  const tables = await rollupTables(engine);
  // One by one: what is compressed goes by its series without being read.
  for (const id of series) {
    await engine.transaction([
      WITHOUT_BOUND,
      lockState,
      counting("delete from plugin_metrics where series_id = ? returning 1", [id], "-"),
      dropOwnStart(id),
      ...[tables.hourly, tables.daily].map((table) => ({
        sql: `delete from ${table} where series_id = ?`,
        params: [id],
      })),
    ]);
  }
}
