import type { MetricSpec, Plugin } from "../../plugins/sdk/plugin";
import { metricFacts } from "../alert-facts";
import type { Instance } from "../collect/instance";
import { specOf } from "../collect/own-metrics";
import { createBreath } from "../metrics/chunks/breathe";
import type { SeriesFacts } from "../metrics/series";
import type { SightParts } from "../sight/sight";
import type { Columns } from "./measure-course";

export type Parts = Pick<
  SightParts,
  "registry" | "instances" | "series" | "store" | "ledger" | "alerts" | "muting" | "clock" | "localHost"
>;

/** A series with what is known of its metric. */
export interface KnownSeries {
  readonly plugin: Plugin;
  readonly instance: Instance;
  readonly series: SeriesFacts;
  readonly spec: MetricSpec;
  /** From this age on a value is stale. */
  readonly staleMs: number;
}

interface Wanted {
  readonly instance?: string | undefined;
  /** Ids; all of them when there is none. */
  readonly plugins?: readonly string[];
  readonly metrics?: readonly string[];
}

/** Between two breaths: so many take about a millisecond. */
const AT_ONCE = 1_000;
/** Series in one question to the store. */
const READ_AT_ONCE = 500;

/** Every series that is seen and whose metric is known. Facts, whose value is 1, are left out. @throws UnityError `not_found` */
export async function listSeries(parts: Parts, wanted: Wanted = {}): Promise<KnownSeries[]> {
  const { registry, instances, series } = parts;
  const breath = createBreath();
  const chosen = wanted.instance === undefined ? instances.list() : [instances.require(wanted.instance)];
  const isPlugin = among(wanted.plugins);
  const isMetric = among(wanted.metrics);
  const found: KnownSeries[] = [];
  for (const instance of chosen) {
    const plugin = registry.get(instance.plugin);
    if (!plugin || !isPlugin(plugin.id)) continue;
    const factsOf = createFacts(plugin, instance);
    for (const one of series.ofInstance(instance.id)) {
      const facts = isMetric(one.metric) ? factsOf(one.metric) : null;
      if (facts) found.push({ plugin, instance, series: one, ...facts });
      if (found.length % AT_ONCE === 0) await breath();
    }
  }
  return found;
}

/** Everything is among none. */
function among(wanted: readonly string[] = []): (one: string) => boolean {
  const all = new Set(wanted);
  return (one) => all.size === 0 || all.has(one);
}

/** Looked for once a metric: it may have thousands of series. */
function createFacts(plugin: Plugin, { intervalSeconds }: Instance) {
  const known = new Map<string, Pick<KnownSeries, "spec" | "staleMs"> | null>();
  return (metric: string) => {
    const before = known.get(metric);
    if (before !== undefined) return before;
    const spec = specOf(plugin, metric);
    const { staleMs = 0 } = metricFacts(plugin, metric, intervalSeconds) ?? {};
    const facts = spec && spec.kind !== "info" ? { spec, staleMs } : null;
    known.set(metric, facts);
    return facts;
  };
}

/** Windows of many series, in at most `maxPoints` buckets each; those without data in it are left out. */
export async function readColumns(
  { store }: Pick<Parts, "store">,
  known: readonly KnownSeries[],
  { from, to, maxPoints }: { from: number; to: number; maxPoints: number },
): Promise<ReadonlyMap<number, Columns>> {
  const columns = new Map<number, Columns>();
  // Slow ones together, so that a fast one is no row of gaps beside them, nor they beside it.
  for (const [seconds, some] of groupByPace(known)) {
    for (let start = 0; start < some.length; start += READ_AT_ONCE) {
      const ids = some.slice(start, start + READ_AT_ONCE).map(({ series }) => series.id);
      const range = await store.range({ series: ids, from, to, maxPoints, minStepMs: seconds * 1_000 });
      for (const { series, avg, min, max } of range.series)
        if (avg.some((value) => value !== null))
          columns.set(series, { from: range.from, stepMs: range.stepMs, avg, min, max });
    }
  }
  return columns;
}

function groupByPace(known: readonly KnownSeries[]): Map<number, KnownSeries[]> {
  const groups = new Map<number, KnownSeries[]>();
  for (const one of known) {
    const seconds = Math.max(one.instance.intervalSeconds, one.spec.everySeconds ?? 0);
    const group = groups.get(seconds);
    if (group) group.push(one);
    else groups.set(seconds, [one]);
  }
  return groups;
}
