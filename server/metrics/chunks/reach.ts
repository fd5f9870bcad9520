import type { SqlEngine, Step } from "../../db/sql-engine";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import type { Retention } from "../store";

/**
 * How far each tier reaches. In memory it changes at once, before the database is asked, so that tasks in between see it; a
 * watermark that is too low and a start that is too high are always safe, and that is all a killed process can leave behind.
 */
export interface Reach {
  /** What lies before has no raw samples any more. A whole hour, never after the watermark. */
  rawFrom: number;
  /** What lies before has no hours any more. A whole day, never after `rawFrom`. */
  hourlyFrom: number;
  /** What lies before has no days any more. */
  dailyFrom: number;
  /** What is in chunks and before it is rolled up. A whole day. */
  watermark: number;
}

const KEYS = { rawFrom: "raw_from", hourlyFrom: "hourly_from", dailyFrom: "daily_from", watermark: "rolled_up_to" };
const NAMES = ["rawFrom", "hourlyFrom", "dailyFrom", "watermark"] as const;

export async function loadReach(engine: SqlEngine): Promise<Reach> {
  // Both columns: the name of the first is a word of its own on MySQL.
  const rows = await engine.query("select * from plugin_metrics_state");
  const stored = new Map(rows.map(([key, value]) => [key, Number(value)]));
  const of = (name: (typeof NAMES)[number]) => stored.get(KEYS[name]) ?? 0;
  return {
    rawFrom: of("rawFrom"),
    hourlyFrom: of("hourlyFrom"),
    dailyFrom: of("dailyFrom"),
    watermark: of("watermark"),
  };
}

/** Written before anything is deleted: a killed process leaves rows nobody reads, not a range with a hole. */
export function storeReach(reach: Reach): Step {
  return {
    into: "plugin_metrics_state",
    columns: ["key", "value"],
    rows: NAMES.map((name) => [KEYS[name], reach[name]]),
    conflict: { key: ["key"], keep: "new" },
  };
}

/** Where each tier begins from now on. Nothing is given up that is not rolled up into the next tier. */
export function limitReach(reach: Reach, now: number, retention: Retention): void {
  const rawFrom = floorTo(Math.min(now - retention.rawMs, reach.watermark), HOUR_MS);
  reach.rawFrom = Math.max(reach.rawFrom, rawFrom);
  const hourlyFrom = floorTo(Math.min(now - retention.hourlyMs, reach.rawFrom), DAY_MS);
  reach.hourlyFrom = Math.max(reach.hourlyFrom, hourlyFrom);
  const dailyFrom = floorTo(Math.min(now - retention.dailyMs, reach.hourlyFrom), DAY_MS);
  reach.dailyFrom = Math.max(reach.dailyFrom, dailyFrom);
}
