import type { MetricInfo, SeriesInfo } from "@/components/data/outputs";
import { humanName } from "@/components/names";
import { freshSeries } from "./board-rows";

/** What a metric tells that is no curve: the labels of an `info`, or an instant. */
export interface Fact {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** Names of the columns; the last one of an instant is its value. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly at: number | null }[];
}

export function factsOf(
  metrics: readonly MetricInfo[],
  series: readonly SeriesInfo[],
  plugin: string,
  intervalSeconds: number,
): Fact[] {
  return metrics.filter(isFact).flatMap((metric) => {
    const own = series.filter((one) => one.metric === metric.name);
    const fresh = freshSeries(own, metrics, intervalSeconds);
    if (fresh.length === 0) return [];
    const instant = metric.kind !== "info";
    const rows = fresh.map(({ labels, latest }) => ({
      cells: metric.labels.map((name) => labels[name] ?? ""),
      at: instant && latest ? latest.value * 1_000 : null,
    }));
    const { name, description, labels } = metric;
    return { key: name, title: humanName(name, plugin), description, columns: labels, rows };
  });
}

const isFact = ({ name, kind, storedUnit }: MetricInfo) =>
  !name.startsWith("unity_") && (kind === "info" || storedUnit === "timestamp_seconds");

/** Labels that say whose version it is, should there be one. */
const OWNERS = ["name", "os", "engine", "product"];

/** What runs there, for the page's head: "docker 28.1", or "version 28.1" where only the number is told. */
export function versionsOf(facts: readonly Fact[]): string[] {
  return facts.flatMap(({ columns, rows }) => {
    const place = columns.indexOf("version");
    const owner = columns.findIndex((column) => OWNERS.includes(column));
    const versions = new Set(
      rows.flatMap(({ cells }) => (cells[place] ? `${cells[owner] || "version"} ${cells[place]}` : [])),
    );
    // One of many devices is not the version of what is watched.
    return versions.size === 1 ? [...versions] : [];
  });
}
