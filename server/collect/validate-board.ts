import type { BoardItem, Chart, Meter, Table } from "../../plugins/sdk/board";
import type { MetricSpec, Metrics, Plugin } from "../../plugins/sdk/plugin";
import { findReferenceProblems } from "./validate-metrics";

/** What the page shows first must exist, have the labels it is listed by, and fit on one axis. */
export function findBoardProblems({ board, metrics }: Plugin): string[] {
  if (board.length === 0) return ["board: is empty, so the instance page would begin with nothing."];
  return board.flatMap((item, index) =>
    itemProblems(metrics, item).map((problem) => `board[${index}] "${item.title}": ${problem}`),
  );
}

function itemProblems(metrics: Metrics, item: BoardItem): string[] {
  switch (item.type) {
    case "meter":
      return meterProblems(metrics, item);
    case "states":
      return findReferenceProblems(metrics, item.metric, [item.by]);
    case "table":
      return tableProblems(metrics, item);
    case "chart":
      return chartProblems(metrics, item);
    default:
      return item satisfies never;
  }
}

function meterProblems(metrics: Metrics, { metric, where = {}, max }: Meter): string[] {
  const problems = findReferenceProblems(metrics, metric, Object.keys(where));
  if (typeof max === "string") problems.push(...findReferenceProblems(metrics, max, []));
  return problems;
}

function tableProblems(metrics: Metrics, { by, columns, sort }: Table): string[] {
  if (columns.length === 0) return ["has no columns."];
  const problems = columns.flatMap(({ metric }) => findReferenceProblems(metrics, metric, [by]));
  if (sort && !columns.some(({ metric }) => metric === sort.metric))
    problems.push(`is sorted by ${sort.metric}, which is no column.`);
  return problems;
}

function chartProblems(metrics: Metrics, { metrics: names, where = {} }: Chart): string[] {
  if (names.length === 0) return ["has no metrics."];
  const problems = names.flatMap((name) => findReferenceProblems(metrics, name, Object.keys(where)));
  const specs = names.map((name) => metrics[name]).filter((spec) => spec !== undefined);
  const axes = new Set(specs.map(axisOf));
  if (axes.size > 1) problems.push(`mixes the units ${[...axes].join(" and ")} on one axis.`);
  if (specs.some(({ kind }) => kind === "info")) problems.push("charts an info, which is always 1.");
  return problems;
}

function axisOf({ kind, unit }: MetricSpec): string {
  if (kind !== "counter") return unit;
  // Seconds counted per second are a ratio.
  return unit === "seconds" ? "ratio" : `${unit} per second`;
}
