import { z } from "zod";
import { RuleDraft } from "../alerts/shapes/rule";
import { RuleView } from "./alert-outputs";
import { router, toEdit, toRead, toReadSeen } from "./init";
import { LabelValues, MeasuredMetric, PreviewInput, RuleAbout, RulePreview, RuleSummary } from "./rule-outputs";

const Id = z.object({ id: z.string().max(200) });

export const ruleRouter = router({
  /** Rules that people made; those of plugins are in their definitions, and `all` names both. */
  list: toReadSeen.output(z.array(RuleView)).query(({ ctx: { unity } }) => [...unity.alerts.book.rules()]),
  get: toReadSeen
    .input(Id)
    .output(RuleView)
    .query(({ ctx: { unity }, input }) => unity.alerts.book.require(input.id)),
  create: toEdit
    .meta({ audit: { of: "rule" } })
    .input(RuleDraft)
    .output(RuleView)
    .mutation(({ ctx: { unity }, input }) => unity.alerts.book.create(input)),
  update: toEdit
    .meta({ audit: { of: "rule" } })
    .input(Id.extend({ rule: RuleDraft }))
    .output(RuleView)
    .mutation(({ ctx: { unity }, input }) => unity.alerts.book.update(input.id, input.rule)),
  remove: toEdit
    .meta({ audit: { of: "rule" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => ({ id: (await unity.alerts.book.remove(input.id)).id })),

  /** Plugins' own and people's, each once, with how many instances it looks at. */
  all: toReadSeen.output(z.array(RuleSummary)).query(({ ctx: { unity } }) => unity.describe.ruleList()),

  /** One of either, as it is at each instance, and what people changed. */
  about: toReadSeen
    .input(Id)
    .output(RuleAbout)
    .query(({ ctx: { unity }, input }) => unity.describe.rule(input.id)),

  /** The metrics of which there are series within a scope. */
  measured: toRead
    .input(z.object({ scope: RuleDraft.shape.scope }))
    .output(z.array(MeasuredMetric))
    .query(({ ctx: { unity }, input }) => unity.describe.measured(input.scope)),

  /** What a metric's labels are within a scope, at most 200 values each. */
  labels: toRead
    .input(z.object({ scope: RuleDraft.shape.scope, metric: z.string().max(191) }))
    .output(LabelValues)
    .query(({ ctx: { unity }, input }) => unity.describe.labelValues(input)),

  /** What a draft looks at now and whether it would hold. Changes nothing; a rule is too long for an address. */
  preview: toEdit
    .meta({ audit: { none: "Looks at what a draft would do." } })
    .input(PreviewInput)
    .output(RulePreview)
    .mutation(({ ctx: { unity }, input }) => unity.describe.preview(input)),
});
