import { z } from "zod";
import { ACK_UNTIL, DEEDS, PHASES } from "../alerts/shapes/alert";
import { OverrideDraft } from "../alerts/shapes/override";
import { RuleDraft, SEVERITIES } from "../alerts/shapes/rule";
import { nameOf } from "../auth/visitor";
import { AlertDetail } from "./alert-detail-outputs";
import {
  Attention,
  BacktestView,
  EffectiveRule,
  ImportReport,
  OpenAlert,
  OverrideView,
  PastCursor,
  PastPage,
  TimelineEvent,
} from "./alert-outputs";
import { router, toAdminister, toEdit, toReadSeen, toRespondSeen } from "./init";
import { Rule } from "./outputs";
import { ruleRouter } from "./rules";

const Id = z.object({ id: z.string().max(200) });
const Note = z.string().max(2_000).default("");

/** What people decided otherwise than a rule does: for everything, a plugin, a host, an instance, an item. */
const overrideRouter = router({
  list: toReadSeen.output(z.array(OverrideView)).query(({ ctx: { unity } }) => [...unity.alerts.book.overrides()]),
  create: toEdit
    .meta({ audit: { of: "override" } })
    .input(OverrideDraft)
    .output(OverrideView)
    .mutation(({ ctx: { unity }, input }) => unity.alerts.book.override(input)),
  update: toEdit
    .meta({ audit: { of: "override" } })
    .input(Id.extend({ override: OverrideDraft }))
    .output(OverrideView)
    .mutation(({ ctx: { unity }, input }) => unity.alerts.book.changeOverride(input.id, input.override)),
  remove: toEdit
    .meta({ audit: { of: "override" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => ({ id: (await unity.alerts.book.removeOverride(input.id)).id })),
});

/** What is wrong now, what was, and what is done about it. */
export const alertsRouter = router({
  rule: ruleRouter,
  override: overrideRouter,

  /** How much fires that is neither acknowledged nor snoozed. */
  attention: toReadSeen.output(Attention).query(({ ctx: { unity } }) => unity.describe.attention()),

  /** Each instance's defaults from its plugin. */
  rules: toReadSeen
    .input(z.object({ instance: z.string().max(64).optional() }).default({}))
    .output(z.array(Rule))
    .query(({ ctx: { unity }, input }) => {
      const chosen = input.instance ? [unity.instances.require(input.instance)] : unity.instances.list();
      return chosen.flatMap((instance) => unity.describe.rules(instance));
    }),

  /** Every rule that looks at an instance as it is there, or for the item with these labels, and where its values come from. */
  effective: toReadSeen
    .input(z.object({ instance: z.string().max(64), labels: z.record(z.string(), z.string()).default({}) }))
    .output(z.array(EffectiveRule))
    .query(({ ctx: { unity }, input }) => [
      ...unity.alerts.effective(unity.instances.require(input.instance), input.labels),
    ]),

  /**
   * How often and for how long a rule would have fired on what is stored, by the engine itself. Takes a few seconds at most, and ends when
   * the caller leaves. With `id`, overrides of that rule count. Changes nothing: a mutation only because a rule is too long for an address.
   */
  backtest: toEdit
    .meta({ audit: { none: "Looks at what a rule would have done." } })
    .input(
      z.object({
        rule: RuleDraft,
        id: z.string().max(200).optional(),
        days: z.number().int().min(1).max(90).default(30),
      }),
    )
    .output(BacktestView)
    .mutation(({ ctx: { unity }, input, signal }) =>
      unity.describe.backtest(input, signal ?? new AbortController().signal),
    ),

  /** Pending and firing: what fires first, the worst of it on top. */
  open: toReadSeen.output(z.array(OpenAlert)).query(({ ctx: { unity } }) => unity.describe.openAlerts()),

  /** One alert: why it is red, since when, and what happened around it. Also when it is over, as long as its history is kept. */
  detail: toReadSeen
    .input(Id)
    .output(AlertDetail)
    .query(({ ctx: { unity }, input }) => unity.describe.alertDetail(input.id)),

  /** Alerts that fired, newest first, each from its beginning to its end. A page may be short and have a next one all the same. */
  past: toReadSeen
    .input(
      z
        .object({
          instance: z.string().max(64).optional(),
          rule: z.string().max(200).optional(),
          severity: z.enum(SEVERITIES).optional(),
          /** When it fired. */
          from: z.number().optional(),
          to: z.number().optional(),
          /** Words that must all be in its names, labels and notes. */
          text: z.string().max(200).default(""),
          cursor: PastCursor.nullish(),
          limit: z.number().int().min(1).max(500).default(50),
        })
        .prefault({}),
    )
    .output(PastPage)
    .query(({ ctx: { unity }, input: { instance, rule, cursor, ...query } }) =>
      unity.describe.pastAlerts({ ...query, cursor: cursor ?? undefined, instanceId: instance, ruleId: rule }),
    ),

  /** Newest first. The next page is what came before the last one's `at`. */
  history: toReadSeen
    .input(
      z
        .object({
          alert: z.string().max(64).optional(),
          instance: z.string().max(64).optional(),
          rule: z.string().max(200).optional(),
          severity: z.enum(SEVERITIES).optional(),
          events: z.array(z.enum([...PHASES, ...DEEDS])).optional(),
          from: z.number().optional(),
          to: z.number().optional(),
          limit: z.number().int().min(1).max(1_000).default(100),
        })
        .prefault({}),
    )
    .output(z.array(TimelineEvent))
    .query(({ ctx: { unity }, input: { alert, instance, rule, ...query } }) =>
      unity.describe.alertHistory({ ...query, alertId: alert, instanceId: instance, ruleId: rule }),
    ),

  /** Nobody is told again until it is over, until its value is another one, or until it is worse. */
  acknowledge: toRespondSeen
    .meta({ audit: { of: "alert" } })
    .input(Id.extend({ note: Note, until: z.enum(ACK_UNTIL).default("over") }))
    .output(OpenAlert)
    .mutation(async ({ ctx: { unity, visitor }, input: { id, ...ack } }) =>
      unity.describe.alert(await unity.alerts.acknowledge(id, { by: nameOf(visitor), ...ack })),
    ),
  unacknowledge: toRespondSeen
    .meta({ audit: { of: "alert" } })
    .input(Id)
    .output(OpenAlert)
    .mutation(async ({ ctx: { unity, visitor }, input }) =>
      unity.describe.alert(await unity.alerts.unacknowledge(input.id, nameOf(visitor))),
    ),
  /** Nobody is told before `until`, epoch milliseconds; null ends it. */
  snooze: toRespondSeen
    .meta({ audit: { of: "alert" } })
    .input(Id.extend({ note: Note, until: z.number().nullable() }))
    .output(OpenAlert)
    .mutation(async ({ ctx: { unity, visitor }, input: { id, ...snooze } }) =>
      unity.describe.alert(await unity.alerts.snooze(id, { by: nameOf(visitor), ...snooze })),
    ),
  note: toRespondSeen
    .meta({ audit: { of: "alert" } })
    .input(Id.extend({ note: z.string().trim().min(1).max(2_000) }))
    .output(OpenAlert)
    .mutation(async ({ ctx: { unity, visitor }, input: { id, note } }) =>
      unity.describe.alert(await unity.alerts.note(id, { by: nameOf(visitor), note })),
    ),
  /** Ends it. It fires again only once its condition was over. */
  resolve: toRespondSeen
    .meta({ audit: { of: "alert" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity, visitor }, input }) => {
      await unity.alerts.resolve(input.id, nameOf(visitor));
      return input;
    }),

  /** Rules that people made and their overrides, channels without their secrets, routes and silences, as YAML, which `import` reads. */
  export: toEdit
    .output(z.object({ yaml: z.string() }))
    .query(({ ctx: { unity } }) => ({ yaml: unity.alertFiles.export() })),
  /** Says what a file would change, and does it unless it is a dry run. What the file does not have stays, unless `removeMissing`; parts that it does not speak of stay in any case. */
  import: toAdminister
    .meta({ audit: { of: "alertFiles", unless: ({ dryRun }) => dryRun !== false } })
    .input(
      z.object({
        yaml: z.string().max(1_100_000),
        dryRun: z.boolean().default(true),
        removeMissing: z.boolean().default(false),
      }),
    )
    .output(ImportReport)
    .mutation(async ({ ctx: { unity, visitor }, input: { yaml, ...options } }) => {
      const { added, changed, missing, notes, ...report } = await unity.alertFiles.import(yaml, {
        ...options,
        by: nameOf(visitor),
      });
      const lines = changed.map(({ fields, ...line }) => ({ ...line, fields: [...fields] }));
      return { ...report, added: [...added], changed: lines, missing: [...missing], notes: [...notes] };
    }),
});
