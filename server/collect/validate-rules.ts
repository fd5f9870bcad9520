import type { Condition, Plugin } from "../../plugins/sdk/plugin";
import { findReferenceProblems } from "./validate-metrics";

type Rule = Plugin["alerts"][number];

/** Default rules: each has an id of its own, and speaks of metrics and labels that exist. */
export function findRuleProblems(plugin: Plugin): string[] {
  const defaults = plugin.config.safeParse({});
  const seen = new Set<string>();
  return plugin.alerts.flatMap((rule) => {
    const twice = seen.has(rule.id) ? ["there is another rule with this id."] : [];
    seen.add(rule.id);
    const weak = rule.down && rule.severity !== "critical" ? ["what says that something is down is critical."] : [];
    const problems = [
      ...twice,
      ...weak,
      ...findReferenceProblems(plugin.metrics, rule.metric, Object.keys(rule.where ?? {})),
      ...conditionProblems(plugin, rule, defaults.success ? defaults.data : undefined),
      ...summaryProblems(plugin, rule),
    ];
    return problems.map((problem) => `alerts.${rule.id}: ${problem}`);
  });
}

function conditionProblems(plugin: Plugin, rule: Rule, defaults: unknown): string[] {
  const condition = conditionOf(plugin, rule, defaults);
  if (typeof condition === "string") return [condition];
  if (condition === undefined) return [];
  const [direction, ...more] = Object.keys(condition);
  if (more.length > 0 || !["above", "below", "equals"].includes(direction ?? ""))
    return ["`when` needs exactly one of above, below and equals."];
  const threshold: unknown = Object.values(condition)[0];
  if (typeof threshold === "number") return Number.isFinite(threshold) ? [] : ["the threshold is not finite."];
  if (direction === "equals" || typeof threshold !== "object" || threshold === null || !("metric" in threshold))
    return ["the threshold is neither a number nor a metric."];
  // Both sides are compared series by series, so the other metric needs the same labels.
  const other = String(threshold.metric);
  const labels = plugin.metrics[rule.metric]?.labels ?? [];
  return findReferenceProblems(plugin.metrics, other, labels);
}

/** The condition under the default settings; undefined when there are none without a target, a text when it fails. */
function conditionOf(plugin: Plugin, { when }: Rule, defaults: unknown): Condition | string | undefined {
  if (typeof when !== "function") return typeof when === "object" && when !== null ? when : "`when` is missing.";
  if (defaults === undefined) return undefined;
  try {
    // The plugin's own schema has parsed it.
    return when(defaults as Parameters<typeof when>[0]);
  } catch (error) {
    return `\`when\` of ${plugin.id} fails under the default settings: ${error instanceof Error ? error.message : error}`;
  }
}

function summaryProblems(plugin: Plugin, { metric, summary }: Rule): string[] {
  const known = new Set(["instance", "value", ...(plugin.metrics[metric]?.labels ?? [])]);
  return [...summary.matchAll(/\{\{\s*(.*?)\s*\}\}/g)]
    .map(([, name]) => name ?? "")
    .filter((name) => !known.has(name))
    .map((name) => `the summary names {{${name}}}; known are ${[...known].join(", ")}.`);
}
