import type { SqlEngine, SqlValue } from "../../db/sql-engine";
import type { Reach } from "../chunks/reach";
import { addBuckets, createSums, type Sums } from "../chunks/sums";
import type { Grid } from "../grid";
import { DAILY, HOURLY, RAW, type Source, sourcesOfGrid, sourcesOfWindow } from "../sources";
import { LARGE, RAW_FIGURES, ROLLED_FIGURES } from "./figures";
import { toBucket, toMilliseconds, toTime } from "./instants";
import { type Bounds, commonReach, groupByWatermark } from "./own-starts";

/** From where each tier is read, and what its instants are called. */
const TIERS = {
  [RAW]: { table: "plugin_metrics", time: "time", figures: RAW_FIGURES, last: "last(value, time)" },
  [HOURLY]: { table: "plugin_metrics_hourly", time: "bucket", figures: ROLLED_FIGURES, last: "last(last, bucket)" },
  [DAILY]: { table: "plugin_metrics_daily", time: "bucket", figures: ROLLED_FIGURES, last: "last(last, bucket)" },
} as const;

interface Window {
  readonly from: number;
  readonly to: number;
}

type SumsOf = ReadonlyMap<number, Sums>;

/** Adds buckets of a grid, for every series asked for. @param window whole buckets of the grid */
export function addGrid(
  engine: SqlEngine,
  sums: SumsOf,
  { grid, window, bounds }: { grid: Grid; window: Window; bounds: Bounds },
): Promise<void> {
  return addSources(engine, sums, { grid, bounds, plan: (reach) => sourcesOfGrid(window, grid.stepMs, reach) });
}

/** One bucket, which is the window. Where raw samples are gone, its edges are whole hours or days. */
export async function readWindow(engine: SqlEngine, series: readonly number[], window: Window, bounds: Bounds) {
  const sources = sourcesOfWindow(window, commonReach(bounds, series));
  const from = Math.min(window.from, ...sources.map((source) => source.from));
  const to = Math.max(window.to, ...sources.map((source) => source.to));
  const grid = { from, stepMs: Math.max(1, to - from), length: 1 };
  const sums = new Map(series.map((id) => [id, createSums(grid)]));
  await addSources(engine, sums, { grid, bounds, plan: (reach) => sourcesOfWindow(window, reach) });
  return sums;
}

async function addSources(
  engine: SqlEngine,
  sums: SumsOf,
  { grid, plan, bounds }: { grid: Grid; plan: (reach: Reach) => Source[]; bounds: Bounds },
): Promise<void> {
  const series = [...sums.keys()];
  if (series.length === 0) return;
  const common = commonReach(bounds, series);
  const questions = [...groupByWatermark(bounds, series)].flatMap(([watermark, ids]) =>
    plan({ ...common, watermark }).map((source) => ({ ids, source })),
  );
  await Promise.all(
    questions.map(async ({ ids, source }) => {
      // Chunks are dropped whole; what they have from before is gone all the same.
      const from = source.tierSeconds === DAILY ? Math.max(source.from, bounds.dailyFrom) : source.from;
      if (from >= source.to) return;
      addRows(sums, await readSource(engine, ids, { ...source, from }, grid), grid);
    }),
  );
}

/**
 * What is asked for stands in the text: TimescaleDB leaves out chunks, adds up compressed columns as they are and knows how few rows there
 * are only where it knows the instants and series while it plans. Buckets become milliseconds once they are added up, not row by row.
 */
function readSource(engine: SqlEngine, series: readonly number[], source: Source, grid: Grid): Promise<SqlValue[][]> {
  const { table, time, figures, last } = TIERS[source.tierSeconds];
  const within = `${time} >= ${toTime(String(source.from))} and ${time} < ${toTime(String(source.to))}`;
  const where = `series_id = any('{${series.join(",")}}'::int[]) and ${within}`;
  if (grid.length === 1) {
    const sql = `select series_id, ${toMilliseconds(`max(${time})`)}, ${figures}, ${last} from ${table} where ${where} group by 1`;
    return engine.query(sql);
  }
  return engine.query(`select series_id, ${toMilliseconds("at")}, count, sum, sum_large, min, max, 0
    from (select series_id, ${toBucket(time, grid.stepMs)}, ${figures} from ${table} where ${where} group by 1, 2)
      as buckets(series_id, at, count, sum, sum_large, min, max)
    order by 1, at`);
}

/** Rows of (series, at, count, sum, large sum, min, max, last), by series and in order of time. */
function addRows(sums: SumsOf, rows: readonly SqlValue[][], grid: Grid): void {
  // A bucket may begin before the source that has the rest of it.
  const whole = { from: grid.from, to: grid.from + grid.length * grid.stepMs };
  for (let start = 0; start < rows.length; ) {
    const series = Number(rows[start]?.[0]);
    let end = start;
    while (end < rows.length && Number(rows[end]?.[0]) === series) end++;
    const mine = rows.slice(start, end).map((row) => row.map(Number));
    const column = (index: number) => Float64Array.from(mine, (row) => row[index] ?? 0);
    const known = sums.get(series);
    if (known) {
      const sum = Float64Array.from(mine, (row) => (row[3] ?? 0) + (row[4] ?? 0) * LARGE);
      const buckets = { at: column(1), count: column(2), sum, min: column(5), max: column(6), last: column(7) };
      addBuckets(known, buckets, whole);
    }
    start = end;
  }
}
