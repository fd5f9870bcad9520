import type { AlertSpec, Condition, Labels, Metrics, Plugin, Threshold } from "../../plugins/sdk/plugin";

/** A plugin's default rule, as data: thresholds that depend on the config are worked out. */
export interface DefaultRule {
  readonly id: string;
  readonly metric: string;
  readonly comparison: "above" | "below" | "equals";
  /** Null when the threshold is another metric. */
  readonly threshold: number | null;
  readonly thresholdMetric: string | null;
  readonly times: number;
  readonly where: Labels;
  readonly over: { readonly kind: "increase" | "changes" | "forecast"; readonly seconds: number } | null;
  readonly forSeconds: number;
  readonly unit: Metrics[string]["unit"];
  readonly severity: AlertSpec["severity"];
  readonly summary: string;
}

/** @param config as entered; undefined lists the rules of a fresh instance, without those that need its config */
export function defaultRules(plugin: Plugin, config: Readonly<Record<string, unknown>> | undefined): DefaultRule[] {
  const parsed = plugin.config.safeParse(config ?? {});
  const rules: DefaultRule[] = [];
  for (const spec of plugin.alerts) {
    const condition = typeof spec.when !== "function" ? spec.when : parsed.success ? spec.when(parsed.data) : undefined;
    if (condition) rules.push({ ...describeCondition(condition), ...describeSpec(spec, plugin.metrics) });
  }
  return rules;
}

function describeSpec(spec: Omit<AlertSpec, "when">, metrics: Metrics) {
  return {
    id: spec.id,
    metric: spec.metric,
    where: spec.where ?? {},
    over: describeWindow(spec),
    forSeconds: spec.forSeconds ?? 0,
    unit: metrics[spec.metric]?.unit ?? "count",
    severity: spec.severity,
    summary: spec.summary,
  };
}

function describeWindow({ over }: Pick<AlertSpec, "over">): DefaultRule["over"] {
  if (!over) return null;
  if ("increaseSeconds" in over) return { kind: "increase", seconds: over.increaseSeconds };
  if ("changesSeconds" in over) return { kind: "changes", seconds: over.changesSeconds };
  return { kind: "forecast", seconds: over.forecastSeconds };
}

function describeCondition(
  condition: Condition,
): Pick<DefaultRule, "comparison" | "threshold" | "thresholdMetric" | "times"> {
  if ("equals" in condition) return { comparison: "equals", ...describeThreshold(condition.equals) };
  if ("above" in condition) return { comparison: "above", ...describeThreshold(condition.above) };
  return { comparison: "below", ...describeThreshold(condition.below) };
}

function describeThreshold(threshold: Threshold) {
  if (typeof threshold === "number") return { threshold, thresholdMetric: null, times: 1 };
  return { threshold: null, thresholdMetric: threshold.metric, times: threshold.times ?? 1 };
}
