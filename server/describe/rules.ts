import type { z } from "zod";
import { FAILING_RULE, makeDefaultRules } from "../alerts/default-rules";
import { isInScope } from "../alerts/scope";
import type { Rule, Scope } from "../alerts/shapes/rule";
import type { Instance } from "../collect/instance";
import { specOf } from "../collect/own-metrics";
import { UnityError } from "../errors";
import type { SightParts } from "../sight/sight";
import type {
  LabelValues,
  MeasuredMetric,
  MetricUnits,
  PreviewInput,
  RuleAbout,
  RulePreview,
  RuleSummary,
} from "../trpc/rule-outputs";
import type { Unity } from "../unity";
import { metricsOf, storedUnit } from "./figures";

type Parts = Pick<SightParts, "registry" | "instances" | "alerts" | "series" | "ledger">;
type Summary = z.output<typeof RuleSummary>;

/** More of them are no choice. */
const MOST_VALUES = 200;
const MOST_INSTANCES = 500;

/** Every rule once: plugins' own as they are at the first of their instances, and people's. */
export function describeRuleList(parts: Parts): Summary[] {
  const overridden = parts.alerts.book.overrides();
  const found = new Map<string, { readonly summary: Summary; readonly own: string }>();
  for (const rule of parts.alerts.book.rules()) found.set(rule.id, { summary: startSummary(parts, rule), own: "" });
  for (const instance of parts.instances.list()) countInstance(parts, instance, found);
  for (const { ruleId } of parts.alerts.open().filter(({ firedAt }) => firedAt !== null)) {
    const known = found.get(ruleId);
    if (known) known.summary.firing += 1;
  }
  for (const { rule } of overridden) {
    const known = found.get(rule ?? "");
    if (known) known.summary.overrides += 1;
  }
  return [...found.values()].map(({ summary }) => summary);
}

function countInstance(
  parts: Parts,
  instance: Instance,
  found: Map<string, { readonly summary: Summary; readonly own: string }>,
): void {
  const metrics = new Set(parts.series.ofInstance(instance.id).map(({ metric }) => metric));
  for (const { rule, own } of parts.alerts.effective(instance, {})) {
    const known = found.get(rule.id) ?? { summary: startSummary(parts, own), own: JSON.stringify(own) };
    found.set(rule.id, known);
    if (own.origin === "plugin" && JSON.stringify(own) !== known.own) known.summary.differs = true;
    if (!instance.enabled || !looksAt(rule, metrics)) continue;
    if (rule.enabled) known.summary.watches += 1;
    else known.summary.off += 1;
  }
}

const looksAt = ({ parts }: Rule, metrics: ReadonlySet<string>) =>
  parts.some((part) => part.kind === "failing" || metrics.has(part.metric));

function startSummary(parts: Parts, rule: Rule): Summary {
  const plugin = rule.origin === "plugin" && rule.scope.kind === "plugin" ? rule.scope.plugin : null;
  return {
    rule,
    plugin,
    pluginName: plugin === null ? null : (parts.registry.get(plugin)?.name ?? plugin),
    units: unitsOf(parts, rule),
    watches: 0,
    off: 0,
    overrides: 0,
    differs: false,
    firing: 0,
  };
}

/** One rule with every instance that it looks at: how it is there, and why. @throws UnityError `not_found` */
export function describeRule(parts: Parts, id: string): z.output<typeof RuleAbout> {
  const summary = describeRuleList(parts).find(({ rule }) => rule.id === id) ?? unused(parts, id);
  const instances = parts.instances.list().flatMap((instance) => {
    const effective = parts.alerts.effective(instance, {}).find(({ rule }) => rule.id === id);
    const { name, host, plugin, enabled } = instance;
    return effective ? [{ id: instance.id, name, host, plugin, enabled, ...effective }] : [];
  });
  return {
    ...summary,
    instances: instances.slice(0, MOST_INSTANCES),
    changes: parts.alerts.book.overrides().filter(({ rule }) => rule === id || rule === null),
  };
}

/** A plugin's own rule that no instance has: what was decided of it can still be seen and taken back. */
function unused(parts: Parts, id: string): Summary {
  if (id === FAILING_RULE.id) return startSummary(parts, FAILING_RULE);
  const plugin = parts.registry.get(id.split("/", 1)[0] ?? "");
  const rule = plugin && makeDefaultRules(plugin, {}).find((one) => one.id === id);
  if (!rule) throw new UnityError("not_found", "This rule is not there any more.");
  return startSummary(parts, rule);
}

/** Of every metric that a rule speaks of, as far as a plugin declares it. */
export function unitsOf(
  { registry }: Pick<Parts, "registry">,
  { parts }: Pick<Rule, "parts">,
): z.output<typeof MetricUnits> {
  const names = parts.flatMap((part) => {
    if (part.kind === "failing") return [];
    return part.kind === "value" && typeof part.limit === "object" ? [part.metric, part.limit.metric] : [part.metric];
  });
  const units: z.output<typeof MetricUnits> = {};
  // What is declared is so wherever it was found as well.
  const plugins = registry.all().toSorted((one, other) => Number("metricOf" in other) - Number("metricOf" in one));
  for (const plugin of plugins) {
    for (const name of names) {
      const spec = specOf(plugin, name);
      if (spec) units[name] = { unit: storedUnit(spec), ownUnit: spec.unit, kind: spec.kind };
    }
  }
  return units;
}

/** Metrics that were measured within a scope. */
export function describeMeasured(parts: Parts, scope: Scope): z.output<typeof MeasuredMetric>[] {
  const found = new Map<string, z.output<typeof MeasuredMetric>>();
  for (const instance of inScope(parts, scope)) {
    const plugin = parts.registry.get(instance.plugin);
    if (!plugin) continue;
    const series = parts.series.ofInstance(instance.id);
    const metrics = metricsOf(plugin, series);
    const counted = new Set<string>();
    for (const { metric } of series) {
      const spec = metrics[metric];
      if (!spec) continue;
      const known = found.get(metric) ?? {
        metric,
        plugin: metric.startsWith("unity_") ? null : plugin.id,
        pluginName: metric.startsWith("unity_") ? null : plugin.name,
        unit: storedUnit(spec),
        ownUnit: spec.unit,
        kind: spec.kind,
        description: spec.description,
        labels: [...(spec.labels ?? [])],
        series: 0,
        instances: 0,
      };
      found.set(metric, known);
      known.series += 1;
      if (!counted.has(metric)) known.instances += 1;
      counted.add(metric);
    }
  }
  return [...found.values()];
}

/** Label values of a metric's series within a scope, by label. */
export function describeLabelValues(
  parts: Parts,
  { scope, metric }: { scope: Scope; metric: string },
): z.output<typeof LabelValues> {
  const values = new Map<string, Set<string>>();
  for (const instance of inScope(parts, scope)) {
    for (const series of parts.series.ofInstance(instance.id)) {
      if (series.metric !== metric) continue;
      for (const [label, value] of Object.entries(series.labels)) {
        const known = values.get(label) ?? new Set();
        values.set(label, known);
        if (known.size < MOST_VALUES) known.add(value);
      }
    }
  }
  const sorted = (known: ReadonlySet<string>) =>
    [...known].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  return [...values].map(([label, known]) => ({ label, values: sorted(known) }));
}

const inScope = ({ instances }: Pick<Parts, "instances">, scope: Scope): Instance[] =>
  instances.list().filter((instance) => isInScope(scope, instance));

/** What a rule as it stands in a form looks at now. */
export async function describePreview(
  parts: Pick<Unity, "instances" | "ledger" | "alerts">,
  { id, ...draft }: z.output<typeof PreviewInput>,
): Promise<z.output<typeof RulePreview>> {
  const rule: Rule = {
    ...{ name: "", enabled: true, forSeconds: 0, keepFiringSeconds: 0, whenGone: "resolve", severity: "warning" },
    ...{ summary: "", note: "", runbook: "", labels: {}, channels: [] },
    ...draft,
    id: id ?? "",
    origin: "person",
  };
  const instances = parts.instances.list().filter(({ enabled }) => enabled);
  const errorsOf = (instance: string) => parts.ledger.status(instance).consecutiveErrors;
  const { lines, total, holding } = await parts.alerts.preview(rule, instances, errorsOf);
  return {
    total,
    holding,
    lines: lines.map((line) => {
      const instance = parts.instances.get(line.instanceId);
      return { ...line, labels: { ...line.labels }, instanceName: instance?.name ?? "", host: instance?.host ?? "" };
    }),
  };
}
