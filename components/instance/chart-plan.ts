import type { BoardItem, InstanceDetail, MetricInfo, SeriesInfo } from "@/components/data/outputs";
import { humanName } from "@/components/names";

/** One chart of an instance's page: which series, and what stands around them. */
export interface ChartPlan {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly metrics: readonly string[];
  readonly where: Readonly<Record<string, string>>;
  readonly stacked: boolean;
  /** How many series there are to draw. */
  readonly series: number;
}

export interface ChartSection {
  readonly title: string;
  readonly charts: readonly ChartPlan[];
}

export interface ChartPlans {
  /** What the plugin puts first. */
  readonly board: readonly ChartPlan[];
  /** Every other metric, by what it speaks of. */
  readonly sections: readonly ChartSection[];
  /** Titles of board charts that nothing was reported for. */
  readonly absent: readonly string[];
}

type Source = Pick<InstanceDetail, "plugin" | "board" | "metrics"> & {
  readonly series: readonly Pick<SeriesInfo, "metric" | "labels">[];
};
type BoardChart = Extract<BoardItem, { type: "chart" }>;

const WHOLE = "Overall";
/** What is only yes or no is a thin line of little news: together, near the end. */
const STATES = "Yes or no";
const OWN = "Collection";

/** Which charts an instance's series make. Facts (`info`, instants) are no charts. */
export function planCharts({ plugin, board, metrics, series }: Source): ChartPlans {
  const byMetric = groupBy(series, ({ metric }) => metric);
  const known = new Map(metrics.map((metric) => [metric.name, metric]));
  const boardCharts = board.filter((item): item is BoardChart => item.type === "chart");
  const planned = boardCharts.map((item) => planBoardChart(item, byMetric, known));
  // A chart of some of a metric's series leaves the others to be shown.
  const shown = new Set(boardCharts.filter(isWhole).flatMap((item) => item.metrics));
  const rest = metrics.filter(({ name, kind, storedUnit }) => {
    return byMetric.has(name) && !shown.has(name) && kind !== "info" && storedUnit !== "timestamp_seconds";
  });
  const sections = groupBy(rest, sectionOf);
  // Before the first reading all of them keep their places.
  if (series.length === 0) return { board: planned, sections: [], absent: [] };
  return {
    board: planned.filter((plan) => plan.series > 0),
    absent: planned.filter((plan) => plan.series === 0).map(({ title }) => title),
    sections: [...sections]
      .sort(([a], [b]) => rankOf(a) - rankOf(b))
      .map(([title, members]) => ({
        title,
        charts: members.map((metric) => planMetric(metric, plugin, byMetric.get(metric.name)?.length ?? 0)),
      })),
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

const isWhole = ({ where }: BoardChart) => Object.keys(where).length === 0;
const rankOf = (title: string) => ({ [WHOLE]: 0, [STATES]: 2, [OWN]: 3 })[title] ?? 1;

function sectionOf({ name, labels, storedUnit }: MetricInfo): string {
  if (name.startsWith("unity_")) return OWN;
  if (storedUnit === "bool") return STATES;
  const first = labels[0];
  return first === undefined ? WHOLE : `By ${first.replaceAll("_", " ")}`;
}

function planBoardChart(
  { title, metrics, unit, where, stacked }: BoardChart,
  byMetric: ReadonlyMap<string, Source["series"]>,
  known: ReadonlyMap<string, MetricInfo>,
): ChartPlan {
  const wanted = Object.entries(where);
  const series = metrics
    .flatMap((metric) => byMetric.get(metric) ?? [])
    .filter(({ labels }) => wanted.every(([name, value]) => labels[name] === value));
  return {
    key: `board:${title}:${metrics.join()}`,
    title,
    description: metrics.map((metric) => known.get(metric)?.description ?? "").join(" "),
    unit,
    metrics,
    where,
    stacked,
    series: series.length,
  };
}

const planMetric = ({ name, description, storedUnit }: MetricInfo, plugin: string, series: number): ChartPlan => ({
  key: name,
  title: humanName(name, plugin),
  description,
  unit: storedUnit,
  metrics: [name],
  where: {},
  stacked: false,
  series,
});

/** The charts whose title, metric or description has every word of the text. */
export function filterCharts(charts: readonly ChartPlan[], text: string): readonly ChartPlan[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return charts;
  return charts.filter(({ title, metrics, description }) => {
    const said = `${title} ${metrics.join(" ")} ${description}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
