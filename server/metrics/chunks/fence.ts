import { codeOf } from "../../db/server-error";
import type { SqlEngine, Statement } from "../../db/sql-engine";

/** Its row says which leader it is, counted since the first. Whatever empties the table leaves it there. */
export const LEADER_KEY = "leader";
const READ = "select value from plugin_metrics_state where key = ?";
const COUNT = `insert into plugin_metrics_state (key, value) values (?, 1)
  on conflict (key) do update set value = plugin_metrics_state.value + 1 returning value`;
const DIVISION_BY_ZERO = "22012";

/**
 * From here on, this process alone changes chunks: a transaction of one that led before fails, also when that one does not know yet that
 * it does not lead any more. PostgreSQL only.
 * @param overtaken told once, when another process was given the lead meanwhile
 */
export async function fenceOff(engine: SqlEngine, overtaken: () => void = () => undefined): Promise<SqlEngine> {
  const read = async () => Number((await engine.query(READ, [LEADER_KEY]))[0]?.[0]);
  // Counted and answered at once: of two that begin in the same moment, each has a number of its own.
  const [row] = await engine.query(COUNT, [LEADER_KEY]);
  const mine = Number(row?.[0]);
  const guard: Statement = {
    // Dividing by zero fails the transaction; sharing the row, the next leader waits for ours to end.
    sql: "select 1 / count(*) from (select 1 from plugin_metrics_state where key = ? and value = ? for share) as held",
    params: [LEADER_KEY, mine],
  };
  let isTold = false;

  return {
    ...engine,
    async transaction(steps) {
      try {
        return (await engine.transaction([guard, ...steps])).slice(1);
      } catch (error) {
        if (codeOf(error) !== DIVISION_BY_ZERO || (!isTold && (await read()) === mine)) throw error;
        if (!isTold) overtaken();
        isTold = true;
        throw new Error("Another Unity leads now; this one goes on beside it.", { cause: error });
      }
    },
  };
}
