import { z } from "zod";
import { webAddress } from "./web-address";

/** What people and plugins say about when to be told. Plain data: the same in the database, in the API and in files. */

export const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

const name = z.string().trim().min(1).max(191);
const seconds = z
  .number()
  .int()
  .min(0)
  .max(366 * 86_400);
const window = seconds.min(1);
const finite = z.number();
/** Of a day; a month of hours is what a baseline may look back. */
const baselineDays = z.number().int().min(2).max(28);

/** One label of a series. `like` and `unlike` take globs: `*` for anything but "/", `**` for anything, `?` for one character. */
export const Matcher = z.object({
  label: name,
  op: z.enum(["is", "is_not", "like", "unlike"]).default("is"),
  value: z.string().max(1_000),
});
export type Matcher = z.output<typeof Matcher>;

/** Whose series a rule looks at. */
const Scope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("plugin"), plugin: name }),
  z.object({ kind: z.literal("host"), host: name }),
  z.object({ kind: z.literal("tag"), tag: name }),
  z.object({ kind: z.literal("instance"), instance: name }),
]);
export type Scope = z.output<typeof Scope>;

/**
 * The number that is compared.
 *
 * - `last`: the newest value. `avg`, `min`, `max`, `sum`, `p95`: of the samples of a window.
 * - `increase`: how much more there is than a window ago. Of a counter it is what it counted since it was read first, of anything else the
 *   sum of its rises.
 * - `changes`: how often the value was another one than before, within a window.
 * - `rate`: change a second over a window, up or down. Of a counter, what it counted a second.
 * - `forecast`: the value in `seconds` from now, if it goes on from the newest as steeply as the line through what was measured in a quarter
 *   of that time (at least an hour). Half of that must have been measured.
 * - `ratio` and `score`: against the same hour of the past days: the value by their median, or how many robust standard deviations
 *   (1.4826 times the median distance) it is away from it, up or down.
 */
export const Take = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("last") }),
  z.object({ kind: z.enum(["avg", "min", "max", "sum", "p95", "increase", "changes", "rate"]), seconds: window }),
  z.object({ kind: z.literal("forecast"), seconds: window }),
  z.object({ kind: z.enum(["ratio", "score"]), days: baselineDays.default(7) }),
]);
export type Take = z.output<typeof Take>;

/** A fixed number, or another metric of the same instance and labels times a factor. */
const Limit = z.union([finite, z.object({ metric: name, times: finite.default(1) })]);
export type Limit = z.output<typeof Limit>;

/** A number of a series that is beyond a limit. */
export const ValuePart = z.object({
  kind: z.literal("value"),
  metric: name,
  where: z.array(Matcher).max(20).default([]),
  take: Take.default({ kind: "last" }),
  /** `outside` a band from `limit` to `upper`; `unequal` is anything but `limit`. */
  is: z.enum(["above", "below", "equal", "unequal", "outside"]),
  limit: Limit,
  upper: finite.optional(),
  /** Where it ends: a value that is not as far out any more as `limit`. Of a band, how far inside it is over. */
  clear: finite.optional(),
});
/** A series that was there and says nothing any more, while its instance is asked and answers or not. */
const AbsentPart = z.object({
  kind: z.literal("absent"),
  metric: name,
  where: z.array(Matcher).max(20).default([]),
  seconds: window,
});
/** So many runs of the instance in a row failed. */
const FailingPart = z.object({
  kind: z.literal("failing"),
  runs: z.number().int().min(1).max(1_000).default(2),
});
export const Part = z.discriminatedUnion("kind", [ValuePart, AbsentPart, FailingPart]);
export type Part = z.output<typeof Part>;
export type ValuePart = z.output<typeof ValuePart>;

/** What happens to an alert whose series ends although its instance answers: a container was removed, a disk taken out. */
const WHEN_GONE = ["resolve", "keep", "fire"] as const;

export const RuleDraft = z
  .object({
    name,
    enabled: z.boolean().default(true),
    scope: Scope,
    /** What must be so: one condition, or several that are joined. Series belong together where all labels that both have are alike. */
    parts: z.array(Part).min(1).max(8),
    join: z.enum(["all", "any"]).default("all"),
    /** So long it must be so before it fires. */
    forSeconds: seconds.default(0),
    /** So long it must be over before it resolves. */
    keepFiringSeconds: seconds.default(0),
    whenGone: z.enum(WHEN_GONE).default("resolve"),
    severity: z.enum(SEVERITIES),
    /** One sentence; `{{instance}}`, `{{host}}`, `{{value}}`, `{{limit}}` and each label are filled in. */
    summary: z.string().trim().min(1).max(1_000),
    note: z.string().max(10_000).default(""),
    runbook: webAddress(2_000).default(""),
    labels: z.record(name, z.string().max(191)).default({}),
    /** Channels that hear of it, whatever the routes say. */
    channels: z.array(name).max(50).default([]),
  })
  .superRefine((rule, context) => {
    for (const [index, part] of rule.parts.entries()) {
      if (part.kind !== "value") continue;
      const problem = findPartProblem(part);
      if (problem)
        context.addIssue({ code: "custom", path: ["parts", index, problem.field], message: problem.message });
    }
  });
export type RuleDraft = z.output<typeof RuleDraft>;

/** A rule as the engine knows it: a person's, or a plugin's own, which is named by its plugin and its id there. */
export interface Rule extends RuleDraft {
  readonly id: string;
  /** Where it comes from: a plugin's definition, a person, or a file. */
  readonly origin: "plugin" | "person" | "file";
}

function findPartProblem(part: ValuePart): { field: "upper" | "clear" | "limit"; message: string } | undefined {
  const { is, limit, upper, clear } = part;
  if (is === "outside") {
    if (typeof limit !== "number") return { field: "limit", message: "A band lies between two numbers." };
    if (upper === undefined || upper < limit) return { field: "upper", message: "A band ends above where it begins." };
  }
  if (clear === undefined || typeof limit !== "number") return undefined;
  if (is === "above" && clear > limit) return { field: "clear", message: "It is over below the limit, not above it." };
  if (is === "below" && clear < limit) return { field: "clear", message: "It is over above the limit, not below it." };
  return undefined;
}
