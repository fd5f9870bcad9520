import type { BoardItem, MetricInfo, SeriesInfo } from "@/components/data/outputs";

type BoardTable = Extract<BoardItem, { type: "table" }>;
type BoardStates = Extract<BoardItem, { type: "states" }>;

export interface TableRow {
  /** The value of the label that rows are made by. Collected text. */
  readonly name: string;
  /** Of each column; null where this row has none or an old one. */
  readonly values: readonly (number | null)[];
}

/** Rows of a board's table with the newest value of each column. What has gone (a process that ended) leaves the table. */
export function tableRows(
  { by, columns }: Pick<BoardTable, "by" | "columns">,
  series: readonly SeriesInfo[],
  metrics: readonly MetricInfo[],
  intervalSeconds: number,
): TableRow[] {
  const places = new Map(columns.map(({ metric }, index) => [metric, index]));
  const own = series.filter(({ metric, labels }) => places.has(metric) && labels[by] !== undefined);
  const fresh = freshSeries(own, metrics, intervalSeconds);
  const rows = new Map<string, { at: number; value: number }[][]>();
  for (const { metric, labels, latest } of fresh) {
    const name = labels[by] ?? "";
    const row = rows.get(name) ?? columns.map(() => []);
    rows.set(name, row);
    if (latest) row[places.get(metric) ?? 0]?.push(latest);
  }
  return [...rows].map(([name, cells]) => ({
    name,
    values: cells.map((samples, index) => combine(samples, columns[index]?.unit ?? "count")),
  }));
}

export interface StateItem {
  readonly name: string;
  readonly good: boolean;
}

/** A board's list of states, the bad ones first. */
export function stateItems(
  { metric, by }: Pick<BoardStates, "metric" | "by">,
  series: readonly SeriesInfo[],
  metrics: readonly MetricInfo[],
  intervalSeconds: number,
): StateItem[] {
  const own = series.filter((one) => one.metric === metric);
  const good = new Map<string, boolean>();
  for (const { labels, latest } of freshSeries(own, metrics, intervalSeconds)) {
    const name = labels[by] ?? "";
    if (latest) good.set(name, (good.get(name) ?? true) && latest.value !== 0);
  }
  return [...good]
    .map(([name, isGood]) => ({ name, good: isGood }))
    .sort((a, b) => Number(a.good) - Number(b.good) || a.name.localeCompare(b.name, "en", { numeric: true }));
}

/**
 * Series that still report, measured against the newest sample of their metrics and not against the clock: the table of a paused
 * instance keeps its rows.
 */
export function freshSeries(
  series: readonly SeriesInfo[],
  metrics: readonly MetricInfo[],
  intervalSeconds: number,
): SeriesInfo[] {
  const every = new Map(metrics.map(({ name, everySeconds }) => [name, everySeconds ?? 0]));
  const newest = series.reduce((last, { latest }) => Math.max(last, latest?.at ?? 0), 0);
  return series.filter(({ metric, latest }) => {
    const seconds = Math.max(intervalSeconds, every.get(metric) ?? 0);
    return latest !== null && newest - latest.at <= seconds * 3_000 + 5_000;
  });
}

/** Amounts of one name add up; of shares and states the highest counts. */
const ADDS_UP = new Set(["count", "bytes", "bytes_per_second", "bits_per_second", "count_per_second"]);

/** Several series of one row (a device mounted twice, an image that changed): those of the newest run. */
function combine(samples: readonly { at: number; value: number }[], unit: string): number | null {
  if (samples.length === 0) return null;
  const newest = Math.max(...samples.map(({ at }) => at));
  const values = samples.filter(({ at }) => at === newest).map(({ value }) => value);
  return ADDS_UP.has(unit) ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
}
