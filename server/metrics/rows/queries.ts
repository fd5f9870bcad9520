import { DAY_MS, type Grid, HOUR_MS } from "../grid";

/** Where the data of a range comes from: a tier, and the part of the window it has. */
export interface Source {
  /** 0 raw, else a rollup's seconds. */
  readonly tierSeconds: number;
  readonly from: number;
  readonly to: number;
}

/** How far each tier reaches. Instants; what lies before `rawFrom` has no raw samples any more. */
export interface Reach {
  readonly rawFrom: number;
  readonly hourlyFrom: number;
  /** Hours before it are rolled up. */
  readonly watermark: number;
}

export const HOURLY = 3_600;
export const DAILY = 86_400;

/** The finest step that can be answered: where raw samples are gone, hours are the finest, then days. */
export function finestStep(from: number, { rawFrom, hourlyFrom }: Reach): number {
  if (from >= rawFrom) return 1_000;
  return from >= hourlyFrom ? HOUR_MS : DAY_MS;
}

/**
 * Tiers whose buckets fit into the grid's, coarsest first and never overlapping: days as far as they are complete, then hours,
 * then raw samples for what is not rolled up yet.
 */
export function chooseSources(
  grid: Grid,
  { from, to }: { from: number; to: number },
  { watermark, hourlyFrom }: Reach,
): Source[] {
  const sources: Source[] = [];
  let start = from;
  const take = (tierSeconds: number, end: number) => {
    if (end > start) sources.push({ tierSeconds, from: start, to: Math.min(end, to) });
    start = Math.max(start, Math.min(end, to));
  };
  // Hours answer as well as days while they are kept; days are for what is older, or for very long windows.
  const daysUntil = Math.floor(watermark / DAY_MS) * DAY_MS;
  if (grid.stepMs % DAY_MS === 0 && (from < hourlyFrom || grid.stepMs >= 7 * DAY_MS)) take(DAILY, daysUntil);
  if (grid.stepMs % HOUR_MS === 0) take(HOURLY, watermark);
  take(0, Number.POSITIVE_INFINITY);
  return sources;
}

/** Rows of `BucketRow`. Parameters: JSON list of series, from, to. The step is a number of ours, written into the text. */
export function bucketSql(stepMs: number, tierSeconds: number): string {
  const step = Math.trunc(stepMs);
  const chosen = "series in (select value from json_each(?)) and at >= ? and at < ?";
  if (tierSeconds === 0) {
    return `select series, at - at % ${step} as bucket, count(*), sum(value), min(value), max(value)
      from plugin_metrics where ${chosen} group by series, bucket`;
  }
  return `select series, at - at % ${step} as bucket, sum(count), sum(sum), min(min), max(max)
    from plugin_metrics_rollup where tier = ${Math.trunc(tierSeconds)} and ${chosen} group by series, bucket`;
}

/** Parameters: tier's start, end; JSON list of series; start, end. */
export const ROLL_HOUR_SQL = `insert or replace into plugin_metrics_rollup (tier, series, at, count, sum, min, max, last)
  select ${HOURLY}, series, ?, count(*), sum(value), min(value), max(value),
    (select value from plugin_metrics newest where newest.series = plugin_metrics.series and newest.at < ? order by at desc limit 1)
  from plugin_metrics where series in (select value from json_each(?)) and at >= ? and at < ? group by series`;

export const ROLL_DAY_SQL = `insert or replace into plugin_metrics_rollup (tier, series, at, count, sum, min, max, last)
  select ${DAILY}, series, ?, sum(count), sum(sum), min(min), max(max),
    (select last from plugin_metrics_rollup newest
      where newest.tier = ${HOURLY} and newest.series = plugin_metrics_rollup.series and newest.at < ? order by at desc limit 1)
  from plugin_metrics_rollup
  where tier = ${HOURLY} and series in (select value from json_each(?)) and at >= ? and at < ? group by series`;
