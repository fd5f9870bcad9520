import type { Labels } from "./remote-write";
import type { Server } from "./server";

/** What a series is called, for people who read it there. */
export interface SeriesNames {
  readonly metric: string;
  readonly plugin: string;
  /** The instance's name. */
  readonly instance: string;
  readonly host: string;
  readonly labels: Readonly<Record<string, string>>;
}
/** Those that nobody knows any more are left out: their samples go nowhere. */
export type NameSeries = (series: readonly number[]) => Promise<ReadonlyMap<number, SeriesNames>>;

export const SERIES = "unity_series";
const DATABASE = "unity_database";
/** What no label of a plugin may be mistaken for. */
const OURS = new Set(["__name__", "plugin", "instance", "host", "rollup", SERIES, DATABASE]);

/**
 * Labels in order of their names. Only `unity_database` and `unity_series` are ever asked for. All others may change: when an instance
 * is renamed, VictoriaMetrics begins a series beside the old one, with the same number, and whoever asks by number is given both.
 */
export function labelsOf(series: number, database: string, names: SeriesNames): Labels {
  const { metric, plugin, instance, host, labels } = names;
  const own = Object.entries(labels).map(([name, value]): [string, string] => {
    const valid = name.replace(/[^a-zA-Z0-9_]/g, "_").replace(/^(?=\d)/, "_");
    return [OURS.has(valid) ? `label_${valid}` : valid, value];
  });
  const all: [string, string][] = [
    ...own,
    ["__name__", metric.replace(/[^a-zA-Z0-9_:]/g, "_").replace(/^(?=\d)/, "_")],
    ["plugin", plugin],
    ["instance", instance],
    ["host", host],
    [SERIES, String(series)],
    [DATABASE, database],
  ];
  // An empty value is no label there, and two names may have become one.
  const unique = new Map(all.filter(([, value]) => value !== ""));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1));
}

type Named = Pick<Server, "database" | "reader">;
const matchAll = ({ database, reader }: Named) => `${DATABASE}="${database}",unity_reader!="${reader}"`;

/** Everything of this Unity's. */
export const selectAll = (server: Named) => `{${matchAll(server)}}`;

/** So many numbers a question: PromQL is cut off at 16 KB. */
const PER_QUESTION = 1_000;

/** Selectors of these series, each for one question. */
export function selectSeries(server: Named, series: readonly number[]): string[] {
  const selectors: string[] = [];
  for (let start = 0; start < series.length; start += PER_QUESTION) {
    const part = series.slice(start, start + PER_QUESTION).join("|");
    selectors.push(`{${matchAll(server)},${SERIES}=~"${part}"}`);
  }
  return selectors;
}
