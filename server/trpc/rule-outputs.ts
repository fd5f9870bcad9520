import { z } from "zod";
import { RuleDraft } from "../alerts/shapes/rule";
import { EffectiveRule, OverrideView, RuleView } from "./alert-outputs";

/** Of stored values, and as the plugin counts: what a counter increases by is told in the latter. */
const MetricUnit = z.object({ unit: z.string(), ownUnit: z.string(), kind: z.string() });
export const MetricUnits = z.record(z.string(), MetricUnit);

/** A rule and how much it is used. */
export const RuleSummary = z.object({
  /** A plugin's own is as it is at the first of its instances. */
  rule: RuleView,
  /** Of a plugin's own rule. */
  plugin: z.string().nullable(),
  pluginName: z.string().nullable(),
  units: MetricUnits,
  /** Instances that it looks at, and those where it is off. */
  watches: z.number(),
  off: z.number(),
  overrides: z.number(),
  /** Its values depend on the settings of its instances. */
  differs: z.boolean(),
  firing: z.number(),
});

/** With every instance that it looks at, and what people changed. */
export const RuleAbout = RuleSummary.extend({
  instances: z.array(
    EffectiveRule.extend({
      id: z.string(),
      name: z.string(),
      host: z.string(),
      plugin: z.string(),
      enabled: z.boolean(),
    }),
  ),
  changes: z.array(OverrideView),
});

/** A metric of which there are series. */
export const MeasuredMetric = MetricUnit.extend({
  metric: z.string(),
  /** Null for what Unity measures of every instance. */
  plugin: z.string().nullable(),
  pluginName: z.string().nullable(),
  description: z.string(),
  labels: z.array(z.string()),
  series: z.number(),
  instances: z.number(),
});

export const LabelValues = z.array(z.object({ label: z.string(), values: z.array(z.string()) }));

/** What a preview needs of a rule; with its id, overrides count. */
export const PreviewInput = z.object({
  id: z.string().max(200).optional(),
  scope: RuleDraft.shape.scope,
  parts: RuleDraft.shape.parts,
  join: RuleDraft.shape.join,
});

/** The series that a rule looks at now: what holds first, at most 200 of them. */
export const RulePreview = z.object({
  total: z.number(),
  holding: z.number(),
  lines: z.array(
    z.object({
      /** Its condition's place. */
      part: z.number(),
      instanceId: z.string(),
      instanceName: z.string(),
      host: z.string(),
      series: z.number().nullable(),
      metric: z.string().nullable(),
      labels: z.record(z.string(), z.string()),
      at: z.number().nullable(),
      value: z.number().nullable(),
      limit: z.number().nullable(),
      holds: z.boolean().nullable(),
      ignored: z.boolean(),
    }),
  ),
});
