import { z } from "zod";
import { ACK_UNTIL, CAUSES, DEEDS, PHASES } from "../alerts/shapes/alert";
import { OVERRIDABLE, OverrideDraft } from "../alerts/shapes/override";
import { RuleDraft, SEVERITIES } from "../alerts/shapes/rule";
import { MutedBy } from "../alerts/shapes/silence";

const Labels = z.record(z.string(), z.string());
/** The instance; null names are of one that was removed. */
const About = {
  instanceId: z.string(),
  instanceName: z.string().nullable(),
  host: z.string().nullable(),
  plugin: z.string().nullable(),
};
const Told = {
  severity: z.enum(SEVERITIES),
  /** With places to be filled in: `{{instance}}`, `{{host}}`, `{{value}}`, `{{limit}}` and labels. */
  summary: z.string(),
  metric: z.string().nullable(),
  /** Of the values. */
  unit: z.string(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  worst: z.number().nullable(),
};

/** An alert that is pending or fires. Instants are epoch milliseconds. */
export const OpenAlert = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  ...About,
  labels: Labels,
  ...Told,
  /** The one whose newest sample is its value; null where a rule looks at more, or at a past. */
  series: z.number().nullable(),
  phase: z.enum(["pending", "firing"]),
  /** When it came into its phase. */
  since: z.number(),
  firedAt: z.number().nullable(),
  acknowledged: z
    .object({
      by: z.string(),
      at: z.number(),
      note: z.string(),
      until: z.enum(ACK_UNTIL),
      value: z.number().nullable(),
    })
    .nullable(),
  snoozedUntil: z.number().nullable(),
  /** Why nobody is told of it: a silence, maintenance, or what it hangs on is down. */
  mutedBy: MutedBy.nullable(),
  /** It comes and goes. */
  flapping: z.boolean(),
});

/** A line of the history: an alert came into a phase, or somebody did something with it. */
export const TimelineEvent = z.object({
  id: z.string(),
  at: z.number(),
  alertId: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  ...About,
  labels: Labels,
  event: z.enum([...PHASES, ...DEEDS]),
  from: z.enum(PHASES).nullable(),
  cause: z.enum(CAUSES).nullable(),
  ...Told,
  actor: z.string().nullable(),
  note: z.string(),
  /** Of what was done: "over", "changed" or "worse", or an instant. */
  until: z.union([z.string(), z.number()]).nullable(),
});

/** How a rule would have done on what is stored. Instants are epoch milliseconds. */
export const BacktestView = z.object({
  /** Times that it would have fired, newest first: the newest hundreds of `count`. */
  episodes: z.array(
    z.object({
      ...About,
      labels: Labels,
      from: z.number(),
      /** Null: it still would. */
      to: z.number().nullable(),
      metric: z.string().nullable(),
      /** Of `limit` and `worst`. */
      unit: z.string(),
      limit: z.number().nullable(),
      /** The value that was furthest out. */
      worst: z.number().nullable(),
    }),
  ),
  count: z.number(),
  /** Of all of them together. */
  firingMs: z.number(),
  /** What was looked at: less than was asked for where there is no more, or where it would have taken too long. */
  from: z.number(),
  to: z.number(),
  instances: z.number(),
  series: z.number(),
  /** Instances that there was no time for. */
  skipped: z.number(),
  /** How finely, oldest first: from when on in which steps. 0 is every sample. */
  resolution: z.array(z.object({ from: z.number(), stepSeconds: z.number() })),
});

/** An alert that fired, from its beginning to its end. Its value is that at which it fired. */
export const PastAlert = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  ...About,
  labels: Labels,
  ...Told,
  firedAt: z.number(),
  /** null while it fires. */
  endedAt: z.number().nullable(),
  /** Why it ended, and who ended it by hand. */
  cause: z.enum(CAUSES).nullable(),
  endedBy: z.string().nullable(),
  /** The last time. */
  acknowledged: z.object({ by: z.string(), at: z.number(), note: z.string() }).nullable(),
  /** What people wrote beside it, oldest first. */
  notes: z.array(z.string()),
});

/** Where the next page of `past` begins. */
export const PastCursor = z.object({ at: z.number(), id: z.string().max(64) });
export const PastPage = z.object({ alerts: z.array(PastAlert), next: PastCursor.nullable() });

/** In few bytes, because every page shows it: how much fires that nobody has taken note of. */
export const Attention = z.object({
  critical: z.number(),
  warning: z.number(),
  info: z.number(),
  /** When a snooze ends, after which there may be more. */
  changesAt: z.number().nullable(),
  /** The critical one that fired last, to be announced. */
  newest: z
    .object({ id: z.string(), ruleName: z.string(), instanceName: z.string().nullable(), firedAt: z.number() })
    .nullable(),
});

export const RuleView = z.object({
  ...RuleDraft.shape,
  id: z.string(),
  origin: z.enum(["plugin", "person", "file"]),
});

export const OverrideView = OverrideDraft.extend({ id: z.string() });

/** A rule as it is for one instance, or one item of it, and where each value that was changed comes from. */
export const EffectiveRule = z.object({
  rule: RuleView,
  /** As it is without overrides. */
  own: RuleView,
  sources: z.partialRecord(z.enum(OVERRIDABLE), z.object({ kind: z.string(), override: z.string().optional() })),
});

const ImportLine = z.object({
  kind: z.enum(["rule", "override", "channel", "route", "silence"]),
  id: z.string(),
  name: z.string(),
});
/** What a file changes, or would. */
export const ImportReport = z.object({
  added: z.array(ImportLine),
  changed: z.array(ImportLine.extend({ fields: z.array(z.string()) })),
  /** There, but not in the file: removed only when that was asked for. */
  missing: z.array(ImportLine),
  unchanged: z.number(),
  /** What somebody has to see to, for people. Names in it are hostile text. */
  notes: z.array(z.string()),
  /** False: it was only looked at. */
  applied: z.boolean(),
});
