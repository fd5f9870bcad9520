import type { Metrics, Plugin } from "../plugins/sdk/plugin";
import { defaultRuleId } from "./alerts/default-rules";
import type { Absence } from "./alerts/ghosts";
import type { Facts } from "./alerts/notify/facts";
import type { MetricFacts } from "./alerts/watched";
import type { Clock } from "./clock";
import type { Instance } from "./collect/instance";
import { OWN_METRICS } from "./collect/own-metrics";
import { storedUnit } from "./describe/figures";
import type { SeriesIndex } from "./metrics/series";
import type { MetricStore } from "./metrics/store";

const ownMetrics: Metrics = OWN_METRICS;
/** A series is missed after three of its readings. */
const MISSED_READINGS = 3;

/** What evaluating knows of a metric. */
export function metricFacts(
  plugin: Plugin | undefined,
  metric: string,
  intervalSeconds: number,
): MetricFacts | undefined {
  const spec = plugin?.metrics?.[metric] ?? ownMetrics[metric];
  if (!spec) return undefined;
  const seconds = Math.max(intervalSeconds, spec.everySeconds ?? 0);
  return {
    labels: spec.labels ?? [],
    isRate: spec.kind === "counter",
    staleMs: MISSED_READINGS * seconds * 1_000,
  };
}

/** What telling knows of an alert. @param instance undefined when it was removed */
export function alertFacts(instance: Instance | undefined, plugin: Plugin | undefined, metric: string | null): Facts {
  const { name = "", host = "", plugin: id = "", tags = [] } = instance ?? {};
  const spec = metric === null ? undefined : (plugin?.metrics?.[metric] ?? ownMetrics[metric]);
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
