import {
  type Buckets,
  type CollectContext,
  foundNames,
  increaseOf,
  isPlausible,
  type Labels,
  matchesAny,
  nameOfFoundLabel,
  quantileOf,
  type Report,
  toLabel,
} from "../sdk";
import type { Config } from "./config";
import { metrics } from "./metrics";
import { type Family, LINES_AT_ONCE, type Line, nextTurn } from "./read-page";

const QUANTILES = [0.5, 0.9, 0.99] as const;
const names = foundNames(metrics);
/** What the buckets of the last run are kept under. */
const MEMORY = "buckets";

export interface Reported {
  readonly series: number;
  readonly truncated: boolean;
  readonly families: readonly Family[];
}

type Parts = Pick<CollectContext<Config>, "config" | "memory">;

/** Hands on what a page has: counters and gauges as they are, histograms as quantiles and what only grows. The first `maxSeries` of it. */
export async function reportPage(
  parts: Parts,
  lines: readonly Line[],
  report: Report<typeof metrics>,
): Promise<Reported> {
  const { maxSeries } = parts.config;
  const isWanted = createChoice(parts.config);
  const families = new Set<Family>();
  let series = 0;
  let truncated = false;
  const take = (family: Family, metric: string, value: number, labels: Labels) => {
    if (!isPlausible(metric, value)) return;
    if (series >= maxSeries) {
      truncated = true;
      return;
    }
    series += 1;
    families.add(family);
    report.found(metric, value, labelsOf(labels));
  };
  const histograms = new Map<string, Histogram>();
  for (const [index, line] of lines.entries()) {
    if (index % LINES_AT_ONCE === 0) await nextTurn();
    if (!isWanted(line)) continue;
    if (line.part !== "bucket") take(line.family, metricOfLine(line), line.value, line.labels);
    else if (!noteBucket(line, histograms, maxSeries)) truncated = true;
  }
  for (const { family, labels, increase } of findIncreases(parts, histograms)) {
    for (const quantile of QUANTILES) {
      const value = quantileOf(increase, quantile);
      if (value !== undefined) take(family, names.gauge(family.name), value, { ...labels, quantile: String(quantile) });
    }
  }
  return { series, truncated, families: [...families] };
}

/** What came into each since the last run, and remembers what there is now. */
function findIncreases({ memory }: Parts, histograms: ReadonlyMap<string, Histogram>) {
  const before = memory.recall<Readonly<Record<string, readonly number[]>>>(MEMORY)?.value ?? {};
  const sorted = [...histograms].map(([key, { family, labels, bounds }]) => {
    const buckets: Buckets = bounds.toSorted(([one], [other]) => one - other);
    return { key, family, labels, buckets };
  });
  memory.keep(MEMORY, Object.fromEntries(sorted.map(({ key, buckets }) => [key, buckets.map(([, count]) => count)])));
  return sorted.flatMap(({ key, buckets, ...histogram }) => {
    const increase = increaseOf(buckets, before[key]);
    return increase ? [{ ...histogram, increase }] : [];
  });
}

function metricOfLine({ name, family, part }: Line): string {
  if (part === "count" || part === "sum") return names.part(family.name, part);
  return family.type === "counter" ? names.counter(name) : names.gauge(name);
}

interface Histogram {
  readonly family: Family;
  readonly labels: Labels;
  readonly bounds: [number, number][];
}

/** @returns false when there are too many */
function noteBucket(
  { family, labels: { le = "", ...rest }, value }: Line,
  histograms: Map<string, Histogram>,
  most: number,
): boolean {
  const bound = le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le);
  if (le === "" || Number.isNaN(bound)) return true;
  // In the order of the page, which stays: of each histogram's dozen lines, labels are made once.
  const key = `${family.name}${JSON.stringify(Object.entries(rest))}`;
  const known = histograms.get(key);
  if (known) known.bounds.push([bound, value]);
  else if (histograms.size < most) histograms.set(key, { family, labels: labelsOf(rest), bounds: [[bound, value]] });
  return known !== undefined || histograms.has(key);
}

/** An empty label is none there, and one that begins like this is a server's own. */
function labelsOf(labels: Labels): Labels {
  const entries = Object.entries(labels).filter(([name, value]) => value !== "" && !name.startsWith("__"));
  return Object.fromEntries(entries.map(([name, value]) => [nameOfFoundLabel(name), toLabel(value)]));
}

/** By the name of a line or of its family. Of a page with thousands of lines, each name is looked at once. */
function createChoice({ include, exclude }: Pick<Config, "include" | "exclude">): (line: Line) => boolean {
  const known = new Map<string, boolean>();
  const matches = (names: readonly string[], patterns: readonly string[]) =>
    names.some((name) => matchesAny(name, patterns));
  return ({ name, family }) => {
    const decided = known.get(name);
    if (decided !== undefined) return decided;
    const names = [name, family.name];
    const isOwn = name.startsWith("__");
    const wanted = !isOwn && (include.length === 0 || matches(names, include)) && !matches(names, exclude);
    known.set(name, wanted);
    return wanted;
  };
}
