import type { Plugin } from "../plugins/sdk/plugin";
import { defaultRuleId } from "./alerts/default-rules";
import type { Absence } from "./alerts/ghosts";
import type { Facts } from "./alerts/notify/facts";
import type { MetricFacts } from "./alerts/watched";
import type { Clock } from "./clock";
import type { Instance } from "./collect/instance";
import { specOf } from "./collect/own-metrics";
import { storedUnit } from "./describe/figures";
import type { SeriesFacts, SeriesIndex } from "./metrics/series";
import type { MetricStore } from "./metrics/store";

/** A series is missed after three of its readings. */
const MISSED_READINGS = 3;

/** What evaluating knows of a metric. @param measured its series, for the labels of one that its plugin only found */
export function metricFacts(
  plugin: Plugin | undefined,
  metric: string,
  intervalSeconds: number,
  measured: () => readonly Pick<SeriesFacts, "metric" | "labels">[] = () => [],
): MetricFacts | undefined {
  const spec = specOf(plugin, metric);
  if (!spec) return undefined;
  const isFound = plugin?.metricOf !== undefined && !Object.hasOwn(plugin.metrics, metric);
  const seconds = Math.max(intervalSeconds, spec.everySeconds ?? 0);
  return {
    // Looked for when it is asked for: rules of one condition never do.
    get labels() {
      return isFound ? labelsOf(measured(), metric) : (spec.labels ?? []);
    },
    isRate: spec.kind === "counter",
    staleMs: MISSED_READINGS * seconds * 1_000,
  };
}

/** Names of labels that a metric has. */
function labelsOf(series: readonly Pick<SeriesFacts, "metric" | "labels">[], metric: string): readonly string[] {
  const names = new Set<string>();
  for (const one of series) if (one.metric === metric) for (const name of Object.keys(one.labels)) names.add(name);
  return [...names];
}

/** What telling knows of an alert. @param instance undefined when it was removed */
export function alertFacts(instance: Instance | undefined, plugin: Plugin | undefined, metric: string | null): Facts {
  const { name = "", host = "", plugin: id = "", tags = [] } = instance ?? {};
  const spec = metric === null ? undefined : specOf(plugin, metric);
  return { instance: name, host, plugin: id, tags, unit: spec ? storedUnit(spec) : "count" };
}

/** Why nobody collects an instance; null when somebody should. */
export function absenceOf(
  instance: Instance | undefined,
  { plugin, isAlone }: { plugin(id: string): Plugin | undefined; isAlone: boolean },
): Absence | null {
  if (!instance) return "removed";
  if (!instance.enabled) return "paused";
  // Of several processes, another one may be of a version that has the plugin.
  return plugin(instance.plugin) || !isAlone ? null : "unknown";
}

/**
 * Of how many items a plugin's rule must fire until its instance counts as down: of all that it watches now. 0 for every other rule, people's
 * among them.
 */
export function downFrom(
  instance: Instance | undefined,
  ruleId: string,
  {
    plugin: find,
    series,
    store,
    clock,
  }: {
    plugin(id: string): Plugin | undefined;
    readonly series: Pick<SeriesIndex, "ofInstance">;
    readonly store: Pick<MetricStore, "latest">;
    readonly clock: Pick<Clock, "now">;
  },
): number {
  const plugin = instance && find(instance.plugin);
  const spec = plugin?.alerts.find(({ id, down }) => down && defaultRuleId(plugin.id, id) === ruleId);
  if (!plugin || !spec) return 0;
  const { staleMs = 0 } = metricFacts(plugin, spec.metric, instance.intervalSeconds) ?? {};
  const where = Object.entries(spec.where ?? {});
  const watched = series
    .ofInstance(instance.id)
    .filter(({ metric, labels }) => metric === spec.metric && where.every(([label, value]) => labels[label] === value));
  const newest = store.latest(watched.map(({ id }) => id));
  return Math.max(newest.filter(({ at }) => clock.now() - at <= staleMs).length, 1);
}
