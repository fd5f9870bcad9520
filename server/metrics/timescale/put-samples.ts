import type { SqlValue, Statement, Step } from "../../db/sql-engine";
import type { Batch } from "../chunks/outbox";
import { floorTo, HOUR_MS } from "../grid";
import { toTime } from "./instants";
import { counting, lockState, lowerWatermark } from "./reach";

/** COPY would wait for the network three times; this is as fast, and leaves out what is there. */
const INSERT = `insert into plugin_metrics (time, series_id, value)
  select ${toTime("at")}, series, value
  from unnest(?::text::int[], ?::text::bigint[], ?::text::float8[]) as taken(series, at, value)
  on conflict do nothing returning 1`;

/** Into compressed chunks, however many: the bound is there for people who update them by mistake. */
export const WITHOUT_BOUND: Statement = {
  sql: `select set_config(name, '0', true) from pg_settings
    where name = 'timescaledb.max_tuples_decompressed_per_dml_transaction'`,
};

/** The steps of one transaction. Samples before `rawFrom` were left out already. @param isLate some may be in hours that are rolled up */
export function putSamples(
  batch: Omit<Batch, "id">,
  { rawFrom, isLate }: { rawFrom: number; isLate: boolean },
): Step[] {
  const { count } = batch;
  const at = batch.at.subarray(0, count);
  const columns: SqlValue[] = [batch.series.subarray(0, count), at, batch.value.subarray(0, count)].map(toArray);
  const first = at.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const hour = Math.max(rawFrom, floorTo(first, HOUR_MS));
  const steps = [lockState, counting(INSERT, columns, "+"), lowerWatermark(hour)];
  return isLate ? [WITHOUT_BOUND, ...steps] : steps;
}

const toArray = (column: Float64Array) => `{${column.join(",")}}`;
