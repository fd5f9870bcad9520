import type { SqliteEngine } from "../../db/sqlite";
import { DAY_MS, HOUR_MS } from "../grid";
import { ROLL_DAY_SQL, ROLL_HOUR_SQL } from "./queries";

/** So many series of one hour are rolled up in a transaction: about 20 ms of the worker. */
const SLICE = 200;

export const WATERMARK = "rollup_watermark";
export const SET_WATERMARK = "insert or replace into settings (key, value) values (?, ?)";
/** For late samples: their hour, and all after it, are rolled up again. */
export const LOWER_WATERMARK = `update settings set value = ? where key = '${WATERMARK}' and cast(value as integer) > ?`;

export async function readNumber(engine: SqliteEngine, key: string): Promise<number> {
  const rows = await engine.query("select cast(value as integer) from settings where key = ?", [key]);
  return Number(rows[0]?.[0] ?? 0);
}

/**
 * Rolls up every complete hour since the watermark, and every day that an hour completes. Recomputed from the raw samples, so
 * it may run twice, be killed, and meet late samples. Returns the new watermark.
 */
export async function rollUpHours(engine: SqliteEngine, now: number, rawFrom: number): Promise<number> {
  const end = Math.floor(now / HOUR_MS) * HOUR_MS;
  let hour = await readNumber(engine, WATERMARK);
  if (hour === 0) hour = await firstHour(engine, end);
  // Where raw samples are gone, what was rolled up before is all there is.
  hour = Math.max(hour, Math.ceil(rawFrom / HOUR_MS) * HOUR_MS);
  for (; hour < end; hour += HOUR_MS) {
    const next = hour + HOUR_MS;
    for (const slice of await seriesSlices(engine)) {
      const steps = [{ sql: ROLL_HOUR_SQL, params: [hour, next, slice, hour, next] }];
      if (next % DAY_MS === 0)
        steps.push({ sql: ROLL_DAY_SQL, params: [next - DAY_MS, next, slice, next - DAY_MS, next] });
      await engine.transaction(steps);
    }
    // A late sample may have lowered it meanwhile: then it stays low, and the next round begins there.
    await engine.transaction([
      { sql: "insert or ignore into settings (key, value) values (?, ?)", params: [WATERMARK, String(next)] },
      {
        sql: `update settings set value = ? where key = ? and cast(value as integer) >= ?`,
        params: [String(next), WATERMARK, hour],
      },
    ]);
  }
  return readNumber(engine, WATERMARK);
}

async function firstHour(engine: SqliteEngine, end: number): Promise<number> {
  const rows = await engine.query(
    "select min(first) from (select (select min(at) from plugin_metrics where series = metric_series.id) as first from metric_series)",
  );
  const first = rows[0]?.[0];
  return typeof first === "number" ? Math.floor(first / HOUR_MS) * HOUR_MS : end;
}

/** All series as JSON lists of `SLICE`. */
export async function seriesSlices(engine: SqliteEngine): Promise<string[]> {
  const ids = (await engine.query("select id from metric_series order by id")).map(([id]) => Number(id));
  return slicesOf(ids);
}

export function slicesOf(ids: readonly number[]): string[] {
  const slices: string[] = [];
  for (let start = 0; start < ids.length; start += SLICE) slices.push(JSON.stringify(ids.slice(start, start + SLICE)));
  return slices;
}
