import type { SqlEngine } from "../../db/sql-engine";
import { DAY_MS, floorTo } from "../grid";
import type { Latest } from "../store";
import { toMilliseconds, toTime } from "./instants";
import type { State } from "./reach";

const OF_RECENT = `select distinct on (series_id) series_id, ${toMilliseconds("time")}, value
  from plugin_metrics where time >= ${toTime()} order by series_id, time desc`;

/** The days tell which series there are, and where to look for their newest sample. */
const OF_OLDER = `select day.series_id, ${toMilliseconds("newest.time")}, newest.value
  from (select series_id, max(bucket) as bucket from plugin_metrics_daily where bucket >= ${toTime()} group by 1) day
  cross join lateral (
    select time, value from plugin_metrics sample
    where sample.series_id = day.series_id and sample.time >= greatest(day.bucket, ${toTime()})
      and sample.time < day.bucket + interval '24 hours'
    order by time desc limit 1) newest`;

/**
 * The newest sample of every series that is kept. Two questions whose cost has a bound: everything of the days that are not rolled
 * up yet, and one day a series of the rest.
 */
export async function restoreLatest(engine: SqlEngine, state: State): Promise<Map<number, Latest>> {
  const { rawFrom } = state;
  const [older, recent] = await Promise.all([
    engine.query(OF_OLDER, [floorTo(rawFrom, DAY_MS), rawFrom]),
    engine.query(OF_RECENT, [recentFrom(state)]),
  ]);
  return new Map(
    [...older, ...recent].map((row) => {
      const [series = 0, at = 0, value = 0] = row.map(Number);
      return [series, { series, at, value }];
    }),
  );
}

/** From here on every sample was looked at: a series that was not found has none. */
export const recentFrom = ({ rawFrom, watermark }: State): number => Math.max(rawFrom, floorTo(watermark, DAY_MS));
