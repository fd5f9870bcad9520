import type { SqlEngine, Statement } from "../../db/sql-engine";

const KEY = "leader";

/**
 * From here on, this process alone changes chunks: a transaction of one that led before fails, also when that one does not know yet that
 * it does not lead any more. PostgreSQL only.
 */
export async function fenceOff(engine: SqlEngine): Promise<SqlEngine> {
  await engine.transaction([
    {
      sql: `insert into plugin_metrics_state (key, value) values (?, 1)
            on conflict (key) do update set value = plugin_metrics_state.value + 1`,
      params: [KEY],
    },
  ]);
  const [row] = await engine.query("select value from plugin_metrics_state where key = ?", [KEY]);
  const guard: Statement = {
    // Dividing by zero fails the transaction; sharing the row, the next leader waits for ours to end.
    sql: "select 1 / count(*) from (select 1 from plugin_metrics_state where key = ? and value = ? for share) as held",
    params: [KEY, Number(row?.[0])],
  };
  return { ...engine, transaction: async (steps) => (await engine.transaction([guard, ...steps])).slice(1) };
}
