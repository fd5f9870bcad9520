import { codeOf } from "../../db/server-error";
import type { SqlEngine, Statement } from "../../db/sql-engine";

const KEY = "leader";
const READ = "select value from plugin_metrics_state where key = ?";
const DIVISION_BY_ZERO = "22012";

/**
 * From here on, this process alone changes chunks: a transaction of one that led before fails, also when that one does not know yet that
 * it does not lead any more. PostgreSQL only.
 * @param overtaken told once, when another process was given the lead meanwhile
 */
export async function fenceOff(engine: SqlEngine, overtaken: () => void = () => undefined): Promise<SqlEngine> {
  await engine.transaction([
    {
      sql: `insert into plugin_metrics_state (key, value) values (?, 1)
            on conflict (key) do update set value = plugin_metrics_state.value + 1`,
      params: [KEY],
    },
  ]);
  const read = async () => Number((await engine.query(READ, [KEY]))[0]?.[0]);
  const mine = await read();
  const guard: Statement = {
    // Dividing by zero fails the transaction; sharing the row, the next leader waits for ours to end.
    sql: "select 1 / count(*) from (select 1 from plugin_metrics_state where key = ? and value = ? for share) as held",
    params: [KEY, mine],
  };
  let isTold = false;

  return {
    ...engine,
    async transaction(steps) {
      try {
        return (await engine.transaction([guard, ...steps])).slice(1);
      } catch (error) {
        if (isTold || codeOf(error) !== DIVISION_BY_ZERO || (await read()) === mine) throw error;
        isTold = true;
        overtaken();
        throw new Error("Another Unity leads now; this one goes on beside it.", { cause: error });
      }
    },
  };
}
