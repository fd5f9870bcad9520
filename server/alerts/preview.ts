import type { Labels } from "../../plugins/sdk/plugin";
import type { Clock } from "../clock";
import { seriesKey, sortLabels } from "../metrics/series-key";
import type { MetricStore } from "../metrics/store";
import { isBeyond, matches } from "./judge";
import { readOnce } from "./lookback";
import { applyOverrides } from "./overrides";
import type { Override } from "./shapes/override";
import type { Part, Rule } from "./shapes/rule";
import type { MetricFacts, SeriesName, Watched } from "./watched";

/** One series under one condition, as it is now. */
export interface PreviewLine {
  readonly part: number;
  readonly instanceId: string;
  /** Null where runs are counted. */
  readonly series: number | null;
  readonly metric: string | null;
  readonly labels: Labels;
  readonly at: number | null;
  /** What is compared; null while there is too little of it. */
  readonly value: number | null;
  readonly limit: number | null;
  /** Null where nothing can be said. */
  readonly holds: boolean | null;
  /** An override says that it is ignored. */
  readonly ignored: boolean;
}
export interface Preview {
  /** What holds first. */
  readonly lines: readonly PreviewLine[];
  readonly total: number;
  readonly holding: number;
}

interface PreviewParts {
  readonly store: Pick<MetricStore, "export" | "range" | "latest">;
  readonly overrides: readonly Override[];
  facts(instance: Watched, metric: string): MetricFacts | undefined;
  ofInstance(instanceId: string): readonly SeriesName[];
  errorsOf(instanceId: string): number;
  readonly clock: Pick<Clock, "now">;
}

/** What has been silent for longer is none that a person thinks of. */
const GONE_MS = 24 * 3_600_000;
/** Nobody looks at more. */
const MOST_LINES = 200;
/** Of the past so much is read for a preview; the rest is shown without its value. */
const MOST_READS = 60;

type Measured = Exclude<Part, { kind: "failing" }>;
interface Found {
  readonly instance: Watched;
  readonly rule: Rule;
  readonly part: Measured;
  readonly index: number;
  readonly series: SeriesName;
  readonly latest: { readonly at: number; readonly value: number };
  readonly limit: number | undefined;
}

/** Judges every series that a rule would look at by its newest value, with the engine's own judgement. */
export async function previewRule(parts: PreviewParts, rule: Rule, instances: readonly Watched[]): Promise<Preview> {
  const now = parts.clock.now();
  let reads = MOST_READS;
  const lines: PreviewLine[] = [];
  for (const instance of instances) {
    for (const [index, part] of rule.parts.entries()) {
      if (part.kind === "failing") lines.push(judgeRuns(parts, { instance, rule, index, runs: part.runs }));
      else
        for (const found of findSeries(parts, { instance, rule, part, index, now })) {
          const costs = found.part.kind === "value" && found.part.take.kind !== "last" ? 1 : 0;
          lines.push(await judgeSeries(parts, found, now, reads >= costs));
          reads -= costs;
        }
    }
  }
  const rank = ({ holds, ignored }: PreviewLine) => (ignored ? 3 : holds === true ? 0 : holds === false ? 1 : 2);
  return {
    lines: lines.toSorted((one, other) => rank(one) - rank(other)).slice(0, MOST_LINES),
    total: lines.length,
    holding: lines.filter(({ holds, ignored }) => holds === true && !ignored).length,
  };
}

function judgeRuns(
  { overrides, errorsOf }: PreviewParts,
  { instance, rule, index, runs }: { instance: Watched; rule: Rule; index: number; runs: number },
): PreviewLine {
  const value = errorsOf(instance.id);
  const { enabled } = applyOverrides(rule, overrides, instance, {}).rule;
  const about = { part: index, instanceId: instance.id, series: null, metric: null, labels: {}, at: null };
  return { ...about, value, limit: runs, holds: value >= runs, ignored: !enabled };
}

function findSeries(
  { store, overrides, ofInstance }: PreviewParts,
  { instance, rule, part, index, now }: { instance: Watched; rule: Rule; part: Measured; index: number; now: number },
): Found[] {
  const all = ofInstance(instance.id);
  const mine = all.filter(({ metric, labels }) => metric === part.metric && matches(labels, part.where));
  if (mine.length === 0) return [];
  const other = part.kind === "value" && typeof part.limit === "object" ? part.limit : undefined;
  const limits = new Map(
    other
      ? all.flatMap(({ id, metric, labels }) =>
          metric === other.metric ? [[seriesKey("", sortLabels(labels)), id] as const] : [],
        )
      : [],
  );
  const newest = new Map(
    store.latest([...mine.map(({ id }) => id), ...limits.values()]).map((one) => [one.series, one]),
  );
  return mine.flatMap((series) => {
    const latest = newest.get(series.id);
    if (!latest || now - latest.at > GONE_MS) return [];
    const effective = applyOverrides(rule, overrides, instance, series.labels).rule;
    const changed = effective.parts[index];
    if (!changed || changed.kind === "failing") return [];
    const limiting = newest.get(limits.get(seriesKey("", sortLabels(series.labels))) ?? -1);
    return [
      { instance, rule: effective, part: changed, index, series, latest, limit: limitOf(changed, limiting?.value) },
    ];
  });
}

function limitOf(part: Measured, other: number | undefined): number | undefined {
  if (part.kind === "absent") return part.seconds;
  if (typeof part.limit === "number") return part.limit;
  return other === undefined ? undefined : other * part.limit.times;
}

async function judgeSeries(
  { store, facts }: PreviewParts,
  { instance, rule, part, index, series, latest, limit }: Found,
  now: number,
  mayRead: boolean,
): Promise<PreviewLine> {
  const { metric, labels, id } = series;
  const about = { part: index, instanceId: instance.id, series: id, metric, labels, at: latest.at };
  const told = { ...about, limit: limit ?? null, ignored: !rule.enabled };
  const silentMs = now - latest.at;
  if (part.kind === "absent")
    return { ...told, value: Math.max(0, silentMs / 1_000), holds: silentMs > part.seconds * 1_000 };
  const known = facts(instance, metric);
  const maxStepMs = known?.staleMs ?? 3_000 * instance.intervalSeconds;
  // What is old is compared with nothing.
  if (silentMs > maxStepMs || !mayRead) return { ...told, value: null, holds: null };
  const source = { series: id, take: part.take, isRate: known?.isRate ?? false, maxStepMs };
  const value = await readOnce(store, source, now, latest.value);
  const holds = value === undefined || limit === undefined ? null : isBeyond(part, { value, limit, before: false });
  return { ...told, value: value ?? null, holds };
}
