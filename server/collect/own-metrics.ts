import type { MetricSpec, Metrics, Plugin } from "../../plugins/sdk/plugin";

/** What the runner itself reports for every instance, beside the plugin's own metrics. */
export const OWN_METRICS = {
  unity_collector_up: { kind: "gauge", unit: "bool", description: "1 when the last run read what it should." },
  unity_collector_duration_seconds: { kind: "gauge", unit: "seconds", description: "How long the last run took." },
  unity_collector_errors_total: {
    kind: "counter",
    unit: "count",
    description: "Failed runs since Unity started.",
    labels: ["reason"],
  },
  unity_collector_last_success_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When a run last succeeded.",
  },
} as const satisfies Metrics;

/** What a metric of an instance is: as its plugin declares it, as the runner does, or by its name. */
export function specOf(plugin: Plugin | undefined, metric: string): MetricSpec | undefined {
  const declared: readonly Metrics[] = [plugin?.metrics ?? {}, OWN_METRICS];
  const metrics = declared.find((one) => Object.hasOwn(one, metric));
  if (metrics) return metrics[metric];
  return plugin?.metricOf?.(metric);
}
