import type { SqliteEngine } from "../../db/sqlite-engine";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import { readFirst, slicesOf } from "./queries";
import { type Reach, raiseWatermark } from "./reach";
import { DAILY, HOURLY, RAW } from "./sources";

/** Series of one hour in a transaction: at a sample in five seconds 36,000 rows, about 15 ms of the worker. */
const SERIES_PER_SLICE = 50;

/** Parameters: the hour's start, its end; JSON list of series; start, end. */
const ROLL_HOUR = `insert or replace into plugin_metrics_rollup (tier, series, at, count, sum, min, max, last)
  select ${HOURLY}, series, ?, count(*), ifnull(sum(value), 0), min(value), max(value),
    (select value from plugin_metrics newest where newest.series = plugin_metrics.series and newest.at < ? order by at desc limit 1)
  from plugin_metrics where series in (select value from json_each(?)) and at >= ? and at < ? group by series`;

const ROLL_DAY = `insert or replace into plugin_metrics_rollup (tier, series, at, count, sum, min, max, last)
  select ${DAILY}, series, ?, sum(count), ifnull(sum(sum), 0), min(min), max(max),
    (select last from plugin_metrics_rollup newest
      where newest.tier = ${HOURLY} and newest.series = plugin_metrics_rollup.series and newest.at < ? order by at desc limit 1)
  from plugin_metrics_rollup
  where tier = ${HOURLY} and series in (select value from json_each(?)) and at >= ? and at < ? group by series`;

/**
 * Rolls up every complete hour since the watermark, and every day that is complete with it. Computed anew from what is below,
 * so it may run twice, be killed, and meet late samples. Hours without samples cost nothing: a clock that once stood at 1970
 * is no year of work.
 */
export async function rollUpHours(engine: SqliteEngine, reach: Reach, now: number): Promise<void> {
  const end = floorTo(now, HOUR_MS);
  // Every round ends an hour or jumps to one with samples, so there are at most two rounds an hour of samples.
  for (;;) {
    const hour = Math.max(reach.watermark, reach.rawFrom);
    if (hour >= end) return;
    reach.touched = Number.POSITIVE_INFINITY;
    const next = await rollUpNext(engine, hour, end);
    const day = floorTo(hour, DAY_MS);
    if (next >= day + DAY_MS) {
      const firsts = await readFirst(engine, { tierSeconds: HOURLY, from: day });
      await rollUp(engine, ROLL_DAY, { start: day, end: day + DAY_MS, firsts });
    }
    // Samples came in behind us: the next time begins with them.
    if (reach.touched < next) return;
    await raiseWatermark(engine, reach, next);
  }
}

/** Rolls up this hour if it has samples. Returns where to go on: its end, or the next hour that has any. */
async function rollUpNext(engine: SqliteEngine, hour: number, end: number): Promise<number> {
  const firsts = await readFirst(engine, { tierSeconds: RAW, from: hour });
  const first = firsts.reduce((least, { at }) => Math.min(least, at), end);
  const start = Math.min(end, floorTo(first, HOUR_MS));
  if (start > hour) return start;
  await rollUp(engine, ROLL_HOUR, { start: hour, end: hour + HOUR_MS, firsts });
  return hour + HOUR_MS;
}

/** Of the series that have anything in this time. */
async function rollUp(
  engine: SqliteEngine,
  sql: string,
  { start, end, firsts }: { start: number; end: number; firsts: readonly { series: number; at: number }[] },
): Promise<void> {
  const ids = firsts.filter(({ at }) => at < end).map(({ series }) => series);
  for (const slice of slicesOf(ids, SERIES_PER_SLICE)) {
    await engine.transaction([{ sql, params: [start, end, slice, start, end] }]);
  }
}
