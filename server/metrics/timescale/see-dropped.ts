import type { SqlEngine } from "../../db/sql-engine";
import { ceilTo, HOUR_MS } from "../grid";
import { OLDEST_LEFT } from "./plan-policies";
import { loadState, raiseFrom } from "./reach";

/**
 * While Unity was not running, TimescaleDB's own job may have dropped raw samples beyond what was known to be gone. From there back
 * hours are what there is, and they must not be refreshed from nothing.
 */
export async function seeDropped(engine: SqlEngine, now: number): Promise<void> {
  const [row] = await engine.query(OLDEST_LEFT);
  if (!row) return;
  const state = await loadState(engine);
  const rawFrom = Math.max(state.rawFrom, ceilTo(now - Number(row[0]), HOUR_MS));
  await engine.transaction(raiseFrom({ ...state, rawFrom }));
}
