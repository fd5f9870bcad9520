import type { SqlEngine } from "../../db/sql-engine";
import type { ReadNewest } from "../recent/restore-heads";
import { toMilliseconds, toTime } from "./instants";

/** By the index of each series: its newest chunk has a day of all of them. */
const NEWEST_ROWS = `select wanted.series, ${toMilliseconds("sample.time")} as at, sample.value
  from unnest(?::text::int[]) as wanted(series)
  cross join lateral (select time, value from plugin_metrics
    where series_id = wanted.series and time >= ${toTime()} order by time desc limit ?::int) sample
  order by 1, 2`;

/** The last samples of series, as `restoreHeads` asks for them. */
export const createReadNewest =
  (engine: SqlEngine): ReadNewest =>
  async (series, { from, most }) => {
    const rows = await engine.query(NEWEST_ROWS, [`{${series.join(",")}}`, from, most]);
    const groups = new Map<number, { at: number[]; value: number[] }>();
    for (const [id, at, value] of rows) {
      const one = Number(id);
      const group = groups.get(one) ?? { at: [], value: [] };
      group.at.push(Number(at));
      group.value.push(Number(value));
      groups.set(one, group);
    }
    return groups;
  };
