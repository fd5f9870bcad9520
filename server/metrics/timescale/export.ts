import type { SqlEngine } from "../../db/sql-engine";
import type { SampleBatch } from "../store";
import { toMilliseconds, toTime } from "./instants";

const ROWS_PER_PAGE = 20_000;

/** Samples of one series in order of time, a page at a time. */
export async function* exportSeries(
  engine: SqlEngine,
  { series, from, to }: { series: number; from: number; to: number },
): AsyncGenerator<SampleBatch> {
  for (let start = from; start < to; ) {
    const rows = await engine.query(
      `select ${toMilliseconds("time")}, value from plugin_metrics
       where series_id = ? and time >= ${toTime()} and time < ${toTime()} order by time limit ${ROWS_PER_PAGE}`,
      [series, start, to],
    );
    const at = rows.map(([one]) => Number(one));
    const value = rows.map(([, one]) => Number(one));
    if (at.length > 0) yield { series: new Array<number>(at.length).fill(series), at, value };
    if (rows.length < ROWS_PER_PAGE) return;
    start = (at.at(-1) ?? to) + 1;
  }
}
