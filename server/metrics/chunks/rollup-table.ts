import type { Insert, SqlEngine, Statement } from "../../db/sql-engine";
import { DAY_MS, floorTo } from "../grid";
import { DAILY, HOURLY } from "../sources";
import { type Buckets, decodeBuckets, encodeBuckets } from "./codec/buckets";
import { toBytes } from "./tables";

/** A row has 720 buckets at most: hours of 30 days, days of 720. The period begins at a multiple of its length. */
const BUCKETS_PER_ROW = 720;
export const periodOf = (tierSeconds: number) => BUCKETS_PER_ROW * tierSeconds * 1_000;
export const HOURLY_PERIOD_MS = periodOf(HOURLY);

export interface RollupRow {
  readonly tier: number;
  readonly series: number;
  readonly startAt: number;
  readonly buckets: Buckets;
}

interface Asked {
  readonly tier: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The rows that have anything to do with a window, in no order, still encoded. */
export async function readRollups(engine: SqlEngine, series: readonly number[], { tier, from, to }: Asked) {
  const sql = `select r.series, r.start_at, ${engine.bytes("r.data")} from ${engine.idTable} join plugin_metrics_rollup_chunk r
    on r.tier = ? and r.series = wanted.value and r.start_at >= ? and r.start_at < ?`;
  const first = floorTo(from, periodOf(tier));
  // The parameter of the table of series comes first: it stands first in the text.
  const rows = await engine.query(sql, [JSON.stringify(series), tier, first, to]);
  return rows.map(([id, startAt, data]) => ({ series: Number(id), startAt: Number(startAt), data: toBytes(data) }));
}

/** The buckets of these series in one period, by series. */
export async function readPeriod(
  engine: SqlEngine,
  series: readonly number[],
  { tier, startAt }: { tier: number; startAt: number },
): Promise<Map<number, Buckets>> {
  const rows = await readRollups(engine, series, { tier, from: startAt, to: startAt + 1 });
  return new Map(rows.map((row) => [row.series, decodeBuckets(row.data)]));
}

export function putRollups(rows: readonly RollupRow[]): Insert {
  return {
    into: "plugin_metrics_rollup_chunk",
    columns: ["tier", "series", "start_at", "buckets", "data"],
    rows: rows.map(({ tier, series, startAt, buckets }) => [
      tier,
      series,
      startAt,
      buckets.at.length,
      encodeBuckets(buckets),
    ]),
    conflict: { key: ["tier", "series", "start_at"], keep: "new" },
  };
}

/** Whole rows that end before an instant, of all series between two, both included. */
export const deleteRollupsBefore = (
  tier: number,
  [first, last]: readonly [number, number],
  before: number,
): Statement => ({
  sql: "delete from plugin_metrics_rollup_chunk where tier = ? and series >= ? and series <= ? and start_at <= ?",
  params: [tier, first, last, before - periodOf(tier)],
});
export const deleteRollups = (series: number): Statement[] =>
  [HOURLY, DAILY].map((tier) => ({
    sql: "delete from plugin_metrics_rollup_chunk where tier = ? and series = ?",
    params: [tier, series],
  }));

/** As many days as a row of days may begin before an instant. */
export const dayPeriodOf = (at: number) => floorTo(at, periodOf(DAILY));
export const hourPeriodOf = (at: number) => floorTo(at, HOURLY_PERIOD_MS);
export const dayOf = (at: number) => floorTo(at, DAY_MS);
