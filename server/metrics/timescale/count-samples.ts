import type { SqlEngine } from "../../db/sql-engine";
import { ceilTo, DAY_MS, floorTo } from "../grid";
import { toMilliseconds, toTime } from "./instants";
import { type Bounds, isBeforeOwn, ownParams } from "./own-starts";

/** Raw samples of one series, as far as they were counted. */
export interface Counted {
  readonly samples: number;
  /** Of those, compressed. */
  readonly compressed: number;
  readonly firstAt: number;
}
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The days tell how many there are; where the first of them begins is known to the hour. */
const OF_DAYS = `select series_id, samples, compressed, ${toMilliseconds("coalesce(first_hour, first_day)")}
  from (select series_id, sum(count)::bigint as samples, coalesce(sum(count) filter (where bucket < ${toTime()}), 0)::bigint as compressed,
      min(bucket) as first_day
    from plugin_metrics_daily where bucket >= ${toTime()} and bucket < ${toTime()} and not ${isBeforeOwn("series_id", "bucket")} group by 1) days
  left join lateral (select min(bucket) as first_hour from plugin_metrics_hourly hour
    where hour.series_id = days.series_id and hour.bucket >= days.first_day and hour.bucket < days.first_day + interval '24 hours') hours on true`;
const OF_HOURS = `select series_id, sum(count)::bigint, coalesce(sum(count) filter (where bucket < ${toTime()}), 0)::bigint, ${toMilliseconds("min(bucket)")}
  from plugin_metrics_hourly where bucket >= ${toTime()} and bucket < ${toTime()} and not ${isBeforeOwn("series_id", "bucket")} group by 1`;
/** By the index of each series: nothing of this is compressed. */
const OF_ROWS = `select wanted.series, sample.count, 0, ${toMilliseconds("sample.first")}
  from unnest(?::text::int[]) as wanted(series)
  cross join lateral (select count(*) as count, min(time) as first from plugin_metrics
    where series_id = wanted.series and time >= ${toTime()}) sample
  where sample.count > 0`;

/** How much is compressed, and up to which day. */
const COMPRESSED = `select (select coalesce(sum(after_compression_total_bytes), 0)::bigint from chunk_compression_stats('plugin_metrics')),
  (select ${toMilliseconds("max(range_end)")} from timescaledb_information.chunks
   where hypertable_schema = current_schema() and hypertable_name = 'plugin_metrics' and is_compressed)`;

/**
 * Counts by rollups what is rolled up, and rows of the last hours only. Late samples that are not rolled up yet are left out.
 * @param series those with samples
 */
export async function countSamples(
  engine: SqlEngine,
  { series, rawFrom, watermark, own }: { series: readonly number[] } & Pick<Bounds, "rawFrom" | "watermark" | "own">,
): Promise<{ counted: Map<number, Counted>; compressedBytes: number }> {
  const [sizes] = await engine.query(COMPRESSED);
  const compressedTo = Number(sizes?.[1] ?? 0);
  const days = { from: ceilTo(rawFrom, DAY_MS), to: Math.max(ceilTo(rawFrom, DAY_MS), floorTo(watermark, DAY_MS)) };
  const counted = new Map<number, Counted>();
  const add = async (sql: string, { from, to }: Span) => {
    if (from < to) addRows(counted, await engine.query(sql, [compressedTo, from, to, ...ownParams(own)]));
  };
  await add(OF_DAYS, days);
  await add(OF_HOURS, { from: rawFrom, to: Math.min(days.from, watermark) });
  await add(OF_HOURS, { from: days.to, to: watermark });
  addRows(counted, await engine.query(OF_ROWS, [`{${series.join(",")}}`, Math.max(rawFrom, watermark)]));
  return { counted, compressedBytes: Number(sizes?.[0] ?? 0) };
}

function addRows(counted: Map<number, Counted>, rows: readonly (readonly unknown[])[]): void {
  for (const row of rows) {
    const [series = 0, samples = 0, compressed = 0, firstAt = 0] = row.map(Number);
    const known = counted.get(series);
    counted.set(series, {
      samples: samples + (known?.samples ?? 0),
      compressed: compressed + (known?.compressed ?? 0),
      firstAt: Math.min(firstAt, known?.firstAt ?? firstAt),
    });
  }
}
