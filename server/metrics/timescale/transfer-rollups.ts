import type { SqlEngine } from "../../db/sql-engine";
import { slices } from "../chunks/read-raw";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import { DAILY, HOURLY } from "../sources";
import type { Rollups, TierStarts } from "../store";
import { LARGE } from "./figures";
import { toMilliseconds, toTime } from "./instants";
import { type OwnStarts, storeOwnStarts } from "./own-starts";
import { stopRefreshing } from "./plan-policies";
import { WITHOUT_BOUND } from "./put-samples";
import { lockState, raiseFrom, type State } from "./reach";
import { rollupTables } from "./rollup-tables";

/** Of one statement: 2 MB of text. */
const BUCKETS_PER_PUT = 20_000;
type Bucket = readonly [series: number, at: number, count: number, sum: number, min: number, max: number, last: number];

/** Everything that is rolled up, a series at a time: five years of hours are 44,000 buckets. */
export async function* exportRollups(
  engine: SqlEngine,
  { series, tierSeconds, from }: { series: readonly number[]; tierSeconds: number; from: number },
): AsyncGenerator<Rollups> {
  const view = tierSeconds === DAILY ? "plugin_metrics_daily" : "plugin_metrics_hourly";
  for (const id of series) {
    const rows = await engine.query(
      // Added up here: PostgreSQL refuses what is beyond a double.
      `select ${toMilliseconds("bucket")}, count, sum, sum_large, min, max, last from ${view}
       where series_id = ? and bucket >= ${toTime()} order by bucket`,
      [id, from],
    );
    if (rows.length === 0) continue;
    const numbers = rows.map((row) => row.map(Number));
    const column = (index: number) => Float64Array.from(numbers, (row) => row[index] ?? 0);
    const sums = Float64Array.from(numbers, (row) => withinDouble((row[2] ?? 0) + (row[3] ?? 0) * LARGE));
    const figures = { count: column(1), sum: sums, min: column(4), max: column(5), last: column(6) };
    yield { series: id, tierSeconds, at: column(0), ...figures };
  }
}

const withinDouble = (value: number) => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));

/**
 * Puts buckets into the tables of the continuous aggregates. Where one is there already, the one of more samples stays, so it may run
 * twice. A refresh replaces them where there are raw samples; it never comes to where there are none.
 */
export async function importRollups(engine: SqlEngine, given: readonly Rollups[]): Promise<void> {
  const tables = await rollupTables(engine);
  for (const tier of [HOURLY, DAILY]) {
    const fullest = new Map<string, Bucket>();
    for (const one of given.filter(({ tierSeconds }) => tierSeconds === tier)) {
      for (const bucket of bucketsOf(one)) {
        const key = `${bucket[0]} ${bucket[1]}`;
        if ((fullest.get(key)?.[2] ?? 0) < bucket[2]) fullest.set(key, bucket);
      }
    }
    const table = tier === DAILY ? tables.daily : tables.hourly;
    for (const slice of slices([...fullest.values()], BUCKETS_PER_PUT)) await put(engine, table, slice);
  }
}

function* bucketsOf({ series, at, count, sum, min, max, last }: Rollups): Generator<Bucket> {
  for (let index = 0; index < at.length; index++) {
    const figures = [count, sum, min, max, last].map((column) => column[index] ?? 0);
    const [samples = 0, total = 0, least = 0, most = 0, newest = 0] = figures;
    yield [series, at[index] ?? 0, samples, total, least, most, newest];
  }
}

const TAKEN = `(select series, ${toTime("at")} as bucket, count, sum, min, max, last
  from unnest(${["int", "bigint", "bigint", "float8", "float8", "float8", "float8"].map((type) => `?::text::${type}[]`)})
    as taken(series, at, count, sum, min, max, last)) taken`;

async function put(engine: SqlEngine, table: string, buckets: readonly Bucket[]): Promise<void> {
  const columns = [0, 1, 2, 3, 4, 5, 6].map((index) => `{${buckets.map((bucket) => bucket[index])}}`);
  const times = buckets.map(([, at]) => at);
  const [first, last] = times.reduce(([a, b], at) => [Math.min(a, at), Math.max(b, at)] as const, [times[0] ?? 0, 0]);
  await engine.transaction([
    WITHOUT_BOUND,
    lockState,
    {
      // The bounds tell TimescaleDB which chunks it need not look at.
      sql: `delete from ${table} known using ${TAKEN} where known.series_id = taken.series and known.bucket = taken.bucket
        and known.count < taken.count and known.bucket >= ${toTime()} and known.bucket <= ${toTime()}`,
      params: [...columns, first, last],
    },
    {
      sql: `insert into ${table} (bucket, series_id, count, sum, sum_large, min, max, last)
        select bucket, series, count, case when abs(sum) < 1e290 then sum end,
          case when abs(sum) >= 1e290 then sum / ${LARGE} end, min, max, last
        from ${TAKEN} where not exists (select from ${table} known
          where known.series_id = taken.series and known.bucket = taken.bucket)`,
      params: columns,
    },
  ]);
}

/** Tiers begin no earlier than this, and no later than the next one allows. @param own raw samples of single series, likewise */
export async function raiseStarts(
  engine: SqlEngine,
  state: State,
  { starts, own }: { starts: TierStarts; own: OwnStarts },
): Promise<void> {
  const rawFrom = Math.max(state.rawFrom, floorTo(Math.min(starts.rawFrom, state.watermark), HOUR_MS));
  const hourlyFrom = Math.max(state.hourlyFrom, floorTo(Math.min(starts.hourlyFrom, rawFrom), DAY_MS));
  const dailyFrom = Math.max(state.dailyFrom, floorTo(Math.min(starts.dailyFrom, hourlyFrom), DAY_MS));
  const later = [...own].flatMap(([series, start]): [number, number][] => {
    const from = Math.max(state.own.get(series) ?? 0, floorTo(Math.min(start, state.watermark), HOUR_MS));
    return from > rawFrom ? [[series, from]] : [];
  });
  await engine.transaction([
    ...raiseFrom({ ...state, rawFrom, hourlyFrom, dailyFrom }),
    ...storeOwnStarts(new Map(later)),
  ]);
  if (later.length > 0) await stopRefreshing(engine);
}
