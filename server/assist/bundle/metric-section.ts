import type { BoardItem } from "../../../plugins/sdk/board";
import type { Plugin } from "../../../plugins/sdk/plugin";
import { storedUnit } from "../../describe/figures";
import { createBreath } from "../../metrics/chunks/breathe";
import { findMoved } from "../find-moved";
import { type KnownSeries, type Parts, readColumns } from "../list-series";
import { type Columns, measureCourse, tidy } from "../measure-course";
import { labelWords } from "../metric-document";
import { compare } from "../relevance";
import { isoOf, type Line, type Section, writeLine } from "./line";

/** A quarter of an hour of a day each. */
const POINTS = 96;
/** More than any budget has room for. */
const MOST_SERIES = 3_000;
const MOST_MOVED = 40;
/** What is not on a board and no rule watches. */
const REST = 5;

/** What each metric is worth telling: what a rule watches, what a page shows first, and so on. */
function rankMetrics(plugin: Plugin): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  const put = (metric: string, rank: number) => ranks.set(metric, Math.min(rank, ranks.get(metric) ?? REST));
  for (const { metric } of plugin.alerts) put(metric, 2);
  for (const [index, item] of plugin.board.entries())
    for (const metric of metricsOf(item)) put(metric, rankOf(item, index));
  return ranks;
}

function metricsOf(item: BoardItem): readonly string[] {
  switch (item.type) {
    case "meter":
    case "states":
      return [item.metric];
    case "table":
      return item.columns.map(({ metric }) => metric);
    case "chart":
      return item.metrics;
  }
  return item satisfies never;
}

function rankOf({ type }: BoardItem, index: number): number {
  if (type === "meter") return index < 2 ? 0 : 1;
  return type === "chart" ? 4 : 3;
}

/** The courses of what matters: of what fires first, then what pages show first, instance by instance. */
export async function metricSection(
  parts: Parts,
  known: readonly KnownSeries[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Section> {
  const firing = new Set(parts.alerts.open().map(({ instanceId, metric }) => `${instanceId} ${metric}`));
  const ranks = new Map<Plugin, ReadonlyMap<string, number>>();
  const rankOfSeries = ({ plugin, instance, series }: KnownSeries): number => {
    if (firing.has(`${instance.id} ${series.metric}`)) return -1;
    const known = ranks.get(plugin) ?? rankMetrics(plugin);
    ranks.set(plugin, known);
    return known.get(series.metric) ?? REST;
  };
  const chosen = known
    .map((one) => ({ one, rank: rankOfSeries(one), key: keyOf(one) }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.key, b.key))
    .slice(0, MOST_SERIES);
  const columns = await readColumns(
    parts,
    chosen.map(({ one }) => one),
    { from, to, maxPoints: POINTS },
  );
  const breath = createBreath();
  const told: { rank: number; key: string; calm: number; line: Line }[] = [];
  for (const { one, rank, key } of chosen) {
    const column = columns.get(one.series.id);
    if (column) told.push({ rank, key, ...describeCourse(one, column) });
    await breath();
  }
  // What is on its way somewhere is worth more than what stays.
  const sorted = told.toSorted((a, b) => a.rank - b.rank || a.calm - b.calm || compare(a.key, b.key));
  return { name: "metric", lines: sorted.map(({ line }) => line) };
}

/** How restless a course is: it heads somewhere, it goes up and down, it is flat. */
const CALM = { rising: 0, falling: 0, steady: 1, unknown: 1 } as const;

function describeCourse({ instance, series, spec }: KnownSeries, column: Columns): { line: Line; calm: number } {
  const { min, avg, max, maxAt, trend } = measureCourse(column);
  const last = column.avg.findLast((value) => value !== null) ?? null;
  const isFlat = min === max;
  const isHeading = CALM[trend.direction] === 0;
  const line = writeLine(instance, {
    kind: "metric",
    instance: instance.name,
    host: instance.host,
    metric: series.metric,
    labels: series.labels,
    unit: storedUnit(spec),
    ...(isFlat ? { always: max } : { min, avg, max, max_at: isoOf(maxAt), last: last === null ? null : tidy(last) }),
    trend: isFlat || trend.direction === "unknown" ? null : trend.direction,
    per_hour: isHeading ? trend.perHour : null,
  });
  return { line, calm: isFlat ? 2 : CALM[trend.direction] };
}

/** What was otherwise in the window than in four times as long before it. */
export async function moverSection(
  parts: Parts,
  known: readonly KnownSeries[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Section> {
  const moved = await findMoved(parts, known, { from, to, limit: MOST_MOVED });
  const lines = moved.map(({ instance, metric, unit, labels, before, now, score }) =>
    writeLine(instance, {
      kind: "mover",
      instance: instance.name,
      host: instance.host,
      metric,
      labels,
      unit,
      before,
      now,
      score,
    }),
  );
  return { name: "mover", lines };
}

/** What the metrics of the lines above are. @param named those that are in them */
export function unitSection(known: readonly KnownSeries[], named: ReadonlySet<string>): Section {
  const specs = new Map(known.map(({ series, spec }) => [series.metric, spec]));
  const lines = [...specs]
    .filter(([metric]) => named.has(metric))
    .toSorted(([a], [b]) => compare(a, b))
    .map(([metric, spec]) =>
      writeLine(null, { kind: "unit", metric, unit: storedUnit(spec), means: spec.description }),
    );
  return { name: "unit", lines };
}

const keyOf = ({ instance, series }: KnownSeries) =>
  [instance.host, instance.name, series.metric, labelWords(series.labels)].join("\n");
