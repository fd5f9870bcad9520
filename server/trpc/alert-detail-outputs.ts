import { z } from "zod";
import { EffectiveRule, OpenAlert, OverrideView, PastAlert, TimelineEvent } from "./alert-outputs";
import { Run } from "./outputs";
import { MetricUnits } from "./rule-outputs";

/** All that is known of an alert, whether it stands or is over. */
export const AlertDetail = z.object({
  /** What the server took for now. */
  at: z.number(),
  /** As it stands; null when it is over. */
  open: OpenAlert.nullable(),
  /** As it fired; null while it is pending. */
  fired: PastAlert.nullable(),
  /** Newest first. */
  timeline: z.array(TimelineEvent),
  /** The rule as it is now for this instance and these labels; null when it is gone. */
  rule: EffectiveRule.nullable(),
  /** Of its metrics. */
  units: MetricUnits,
  /** What the rule's values that were changed are changed by. */
  overrides: z.array(OverrideView),
  /** What its chart shows; `comparable` when the alert's limit is a line on it: one on an increase is not. Null when its instance is gone. */
  chart: z.object({ metric: z.string(), unit: z.string(), comparable: z.boolean() }).nullable(),
  /** When the same rule fired on the same before, newest first. */
  earlier: z.array(PastAlert),
  /** What happened on the same host shortly before. */
  before: z.object({
    from: z.number(),
    to: z.number(),
    alerts: z.array(PastAlert),
    runs: z.array(Run.extend({ instanceId: z.string(), instanceName: z.string().nullable() })),
  }),
});
