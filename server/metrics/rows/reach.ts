import type { SqliteEngine } from "../../db/sqlite-engine";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import type { Retention } from "../store";

/**
 * How far each tier reaches. In memory it changes at once, before the database is asked, so that tasks in between see it; a
 * watermark that is too low and a start that is too high are always safe, and that is all a killed process can leave behind.
 */
export interface Reach {
  /** What lies before has no raw samples any more. A whole hour. */
  rawFrom: number;
  /** What lies before has no hours any more. A whole day, never after `rawFrom`. */
  hourlyFrom: number;
  /** Hours before it are rolled up, and days that end before it. 0 before the first time. */
  watermark: number;
  /** The earliest hour written to since the rollup last looked. */
  touched: number;
}

const RAW_FROM = "metrics_raw_from";
const HOURLY_FROM = "metrics_hourly_from";
const WATERMARK = "metrics_rolled_up_to";
const SET = "insert or replace into settings (key, value) values (?, ?)";

export async function loadReach(engine: SqliteEngine): Promise<Reach> {
  const rows = await engine.query("select key, cast(value as integer) from settings where key in (?, ?, ?)", [
    RAW_FROM,
    HOURLY_FROM,
    WATERMARK,
  ]);
  const stored = new Map(rows.map(([key, value]) => [key, Number(value)]));
  return {
    rawFrom: stored.get(RAW_FROM) ?? 0,
    hourlyFrom: stored.get(HOURLY_FROM) ?? 0,
    watermark: stored.get(WATERMARK) ?? 0,
    touched: Number.POSITIVE_INFINITY,
  };
}

/** For samples of an hour that is rolled up already: it, and all after it, will be rolled up again. Goes into their transaction. */
export function lowerWatermark(reach: Reach, earliest: number) {
  const hour = Math.max(floorTo(earliest, HOUR_MS), reach.rawFrom);
  reach.touched = Math.min(reach.touched, hour);
  reach.watermark = Math.min(reach.watermark, hour);
  const sql = `update settings set value = ? where key = '${WATERMARK}' and cast(value as integer) > ?`;
  return { sql, params: [String(hour), hour] };
}

export async function raiseWatermark(engine: SqliteEngine, reach: Reach, to: number): Promise<void> {
  reach.watermark = to;
  await engine.transaction([{ sql: SET, params: [WATERMARK, String(to)] }]);
}

/** Where each tier begins from now on. Nothing is given up that is not rolled up into the next tier. Returns the days' start. */
export async function limitReach(
  engine: SqliteEngine,
  reach: Reach,
  { now, retention }: { now: number; retention: Retention },
): Promise<{ dailyFrom: number }> {
  const rawFrom = floorTo(Math.min(now - retention.rawMs, reach.watermark), HOUR_MS);
  reach.rawFrom = Math.max(reach.rawFrom, rawFrom);
  const hourlyFrom = floorTo(Math.min(now - retention.hourlyMs, reach.rawFrom), DAY_MS);
  reach.hourlyFrom = Math.max(reach.hourlyFrom, hourlyFrom);
  const dailyFrom = floorTo(Math.min(now - retention.dailyMs, reach.hourlyFrom), DAY_MS);
  // Written before anything is deleted: a killed process leaves rows nobody reads, not a range with a hole.
  await engine.transaction([
    { sql: SET, params: [RAW_FROM, String(reach.rawFrom)] },
    { sql: SET, params: [HOURLY_FROM, String(reach.hourlyFrom)] },
  ]);
  return { dailyFrom };
}
