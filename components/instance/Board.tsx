"use client";

import type { BoardItem, MetricInfo, SeriesInfo } from "@/components/data/outputs";
import { useNow } from "@/components/ui/use-now";
import { BoardStates } from "./BoardStates";
import { BoardTable, type Limits } from "./BoardTable";
import { stateItems, tableRows } from "./board-rows";
import { FigureCard } from "./FigureCard";
import { selectSeries, useInstance } from "./use-instance";

interface Props {
  readonly id: string;
  readonly board: readonly BoardItem[];
  readonly metrics: readonly MetricInfo[];
  readonly intervalSeconds: number;
  /** What the server took for now. Epoch milliseconds. */
  readonly rendered: number;
}

/** What matters first, without the charts. The one part of the page that every run redraws. */
export function Board({ id, board, metrics, intervalSeconds, rendered }: Props) {
  const series = useInstance(id, selectSeries) ?? [];
  const now = useNow(rendered);
  const limits = limitsOf(board, series);
  const stateMetrics = new Set(board.flatMap((item) => (item.type === "states" ? [item.metric] : [])));
  const age = (names: readonly string[]) => staleSince(names, { series, metrics, intervalSeconds, now });
  const states = board.flatMap((item) => {
    const items = item.type === "states" ? stateItems(item, series, metrics, intervalSeconds) : [];
    return item.type === "states" && items.length > 0
      ? [{ title: item.title, items, staleSince: age([item.metric]), now }]
      : [];
  });
  const tables = board.flatMap((item) => {
    const rows = item.type === "table" ? tableRows(item, series, metrics, intervalSeconds) : [];
    // Before the first reading a table keeps its place; one that stays empty goes.
    return item.type === "table" && (rows.length > 0 || series.length === 0) ? [{ item, rows }] : [];
  });
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(132px,1fr))] gap-3">
        {board.flatMap((item) =>
          item.type === "meter" ? (
            <FigureCard key={item.figure.title} figure={item.figure} {...{ series, metrics, now }} />
          ) : (
            []
          ),
        )}
        {states.filter(isFew).map((one) => (
          <BoardStates key={one.title} {...one} />
        ))}
      </div>
      {states
        .filter((one) => !isFew(one))
        .map((one) => (
          <BoardStates key={one.title} {...one} />
        ))}
      {tables.length > 0 ? (
        <div className={`grid items-start gap-3 ${tables.length > 1 ? "xl:grid-cols-2" : ""}`}>
          {tables.map(({ item, rows }) => (
            <BoardTable
              key={item.title}
              item={item}
              rows={rows}
              limits={limits}
              states={stateMetrics}
              staleSince={age(item.columns.map(({ metric }) => metric))}
              now={now}
            />
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** So many states stand beside the figures; more take a row of their own. */
const FEW = 4;
const isFew = ({ items }: { readonly items: readonly unknown[] }) => items.length <= FEW;

/** When the newest value of these metrics was read, if it should have been read again since; null while they are fresh. */
function staleSince(names: readonly string[], now: Moment): number | null {
  const wanted = new Set(names);
  const newest = now.series.reduce(
    (last, { metric, latest }) => (wanted.has(metric) ? Math.max(last, latest?.at ?? 0) : last),
    0,
  );
  const own = now.metrics.filter(({ name }) => wanted.has(name)).map(({ everySeconds }) => everySeconds ?? 0);
  // By the quickest of them: of the slow ones alone nobody could say that they are late.
  const seconds = Math.max(now.intervalSeconds, Math.min(...own));
  return now.now - newest > seconds * 3_000 + 5_000 ? newest : null;
}
interface Moment {
  readonly series: readonly SeriesInfo[];
  readonly metrics: readonly MetricInfo[];
  readonly intervalSeconds: number;
  readonly now: number;
}

/** Thresholds of meters by their metric, so that a column of the same metric is coloured alike. */
function limitsOf(board: readonly BoardItem[], series: readonly SeriesInfo[]): ReadonlyMap<string, Limits> {
  const metricOf = new Map(series.map((one) => [one.series, one.metric]));
  return new Map(
    board.flatMap((item) => {
      const metric = item.type === "meter" ? metricOf.get(item.figure.series[0] ?? -1) : undefined;
      return item.type === "meter" && metric !== undefined ? [[metric, item.figure] as const] : [];
    }),
  );
}
