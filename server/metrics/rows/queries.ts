import type { SqliteEngine } from "../../db/sqlite-engine";
import type { Latest, SampleBatch } from "../store";
import type { BucketRow } from "./columns";
import type { Reach } from "./reach";
import { DAILY, HOURLY, RAW, type Source } from "./sources";

/** Rows a query may have to read, by a guess of one sample in five seconds: about 40 ms of the worker. Others come in between. */
const ROWS_PER_QUERY = 100_000;
const EXPORT_ROWS = 10_000;

const CHOSEN = "series in (select value from json_each(?)) and at >= ? and at < ?";

/**
 * Buckets of `stepMs` from each source. One query a part of the series. Sums of very large values are beyond a double, and
 * SQLite then says null: 0 stands for them, and the reader holds averages between minimum and maximum.
 */
export async function readBuckets(
  engine: SqliteEngine,
  series: readonly number[],
  { stepMs, sources }: { stepMs: number; sources: readonly Source[] },
): Promise<BucketRow[]> {
  const queries = sources.flatMap(({ tierSeconds, from, to }) => {
    const rowsPerSeries = (to - from) / Math.max(5_000, tierSeconds * 1_000);
    const size = Math.max(1, Math.floor(ROWS_PER_QUERY / Math.max(1, rowsPerSeries)));
    const sql = bucketSql(Math.trunc(stepMs), tierSeconds);
    return slicesOf(series, size).map((slice) => engine.query(sql, [slice, from, to]));
  });
  // Six numbers, by the SQL.
  return (await Promise.all(queries)).flat() as unknown as BucketRow[];
}

/** The step is a number of ours, written into the text: as a parameter it would be a fraction, and so would the bucket. */
function bucketSql(step: number, tierSeconds: number): string {
  if (tierSeconds === RAW) {
    return `select series, at - at % ${step} as bucket, count(*), ifnull(sum(value), 0), min(value), max(value)
      from plugin_metrics where ${CHOSEN} group by series, bucket`;
  }
  return `select series, at - at % ${step} as bucket, sum(count), ifnull(sum(sum), 0), min(min), max(max)
    from plugin_metrics_rollup where tier = ${tierSeconds} and ${CHOSEN} group by series, bucket`;
}

/** The newest value of each series in a window, from the finest tier that still has it: one look into the index each. */
export async function readLast(
  engine: SqliteEngine,
  series: readonly number[],
  { from, to, reach }: { from: number; to: number; reach: Reach },
): Promise<Map<number, number>> {
  const before = "at >= ? and at < ? order by at desc limit 1";
  const rollup = (tier: number) =>
    `(select last from plugin_metrics_rollup where tier = ${tier} and series = wanted.value and ${before})`;
  const raw = `(select value from plugin_metrics where series = wanted.value and ${before})`;
  const rows = await engine.query(
    `select wanted.value, coalesce(${raw}, ${rollup(HOURLY)}, ${rollup(DAILY)}) from json_each(?) as wanted`,
    [from, to, from, Math.min(to, reach.rawFrom), from, Math.min(to, reach.hourlyFrom), JSON.stringify(series)],
  );
  return new Map(rows.flatMap(([id, last]) => (typeof last === "number" ? [[Number(id), last]] : [])));
}

/** `series` of every series with raw samples: one look into the index each, however many samples there are. */
const RAW_SERIES = `with recursive known(series) as (
  select min(series) from plugin_metrics
  union all
  select (select min(series) from plugin_metrics where series > known.series) from known where known.series is not null)`;
const rollupSeries = (tier: number) => `with recursive known(series) as (
  select min(series) from plugin_metrics_rollup where tier = ${tier}
  union all
  select (select min(series) from plugin_metrics_rollup where tier = ${tier} and series > known.series)
  from known where known.series is not null)`;

/** Every series with data in a tier, and when its data begins there. */
export async function readFirst(
  engine: SqliteEngine,
  { tierSeconds, from = 0 }: { tierSeconds: number; from?: number },
): Promise<{ series: number; at: number }[]> {
  const first =
    tierSeconds === RAW
      ? "(select min(at) from plugin_metrics where series = known.series and at >= ?)"
      : `(select min(at) from plugin_metrics_rollup where tier = ${tierSeconds} and series = known.series and at >= ?)`;
  const known = tierSeconds === RAW ? RAW_SERIES : rollupSeries(tierSeconds);
  const rows = await engine.query(`${known} select series, ${first} from known where series is not null`, [from]);
  return rows.flatMap(([series, at]) => (typeof at === "number" ? [{ series: Number(series), at }] : []));
}

/** The newest sample of every series. */
export async function readNewest(engine: SqliteEngine): Promise<Latest[]> {
  const rows = await engine.query(
    `${RAW_SERIES} select known.series, at, value from known cross join plugin_metrics as sample
      on sample.series = known.series and at = (select max(at) from plugin_metrics where series = known.series)`,
  );
  return rows.map(([series, at, value]) => ({ series: Number(series), at: Number(at), value: Number(value) }));
}

/** Samples of one series in order of time, in batches. */
export async function* exportSamples(
  engine: SqliteEngine,
  { series, from, to }: { series: number; from: number; to: number },
): AsyncGenerator<SampleBatch> {
  const sql = "select at, value from plugin_metrics where series = ? and at >= ? and at < ? order by at limit ?";
  for (let start = from; start < to; ) {
    const rows = await engine.query(sql, [series, start, to, EXPORT_ROWS]);
    const at = rows.map(([instant]) => Number(instant));
    if (rows.length > 0) yield { series: rows.map(() => series), at, value: rows.map(([, value]) => Number(value)) };
    if (rows.length < EXPORT_ROWS) return;
    start = (at.at(-1) ?? to) + 1;
  }
}

/** JSON lists of at most `size` series. */
export function slicesOf(ids: readonly number[], size: number): string[] {
  const slices: string[] = [];
  for (let start = 0; start < ids.length; start += size) slices.push(JSON.stringify(ids.slice(start, start + size)));
  return slices;
}
