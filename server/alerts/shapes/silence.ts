import { z } from "zod";
import { findCronProblem, isTimeZone } from "../occurrences";
import { Matcher } from "./rule";

/** What people say about when nobody is to be told. Plain data: the same in the database, in the API and in files. */

const name = z.string().trim().min(1).max(191);
/** Beyond the year 2200 nobody plans, and calendars take their time. */
const instant = z.number().int().min(0).max(7_258_118_400_000);
const YEAR_MS = 366 * 86_400_000;
/** Of a window that comes again: longer ones are silences. */
const LONGEST_SECONDS = 14 * 86_400;

/** What a matcher looks at. A rule and an instance are meant by their id or by their name; of tags, one is enough. */
const SILENCE_FIELDS = ["rule", "severity", "plugin", "host", "tag", "instance"] as const;
/** What is known of an instance without an alert. */
const INSTANCE_FIELDS: readonly string[] = ["plugin", "host", "tag", "instance"];

export const SilenceMatcher = z.discriminatedUnion("of", [
  z.object({ of: z.enum(SILENCE_FIELDS), ...Matcher.omit({ label: true }).shape }),
  z.object({ of: z.literal("label"), ...Matcher.shape }),
]);
export type SilenceMatcher = z.output<typeof SilenceMatcher>;

export const SilenceWhen = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("once"), from: instant, to: instant }),
  z.object({
    kind: z.literal("cron"),
    /** Minute, hour, day of the month, month, day of the week; in the time zone. */
    expression: z.string().trim().min(1).max(200),
    durationSeconds: z.number().int().min(60).max(LONGEST_SECONDS),
    /** Of the IANA: "Europe/Berlin". */
    timeZone: z.string().trim().min(1).max(64),
    from: instant.optional(),
    to: instant.optional(),
  }),
]);
export type SilenceWhen = z.output<typeof SilenceWhen>;

export const SilenceDraft = z
  .object({
    kind: z.enum(["silence", "maintenance"]),
    name,
    /** All of them must be so; without any, it is everything. */
    matchers: z.array(SilenceMatcher).max(20),
    when: SilenceWhen,
    note: z.string().max(10_000).default(""),
    /** Instances that match are not even asked meanwhile. */
    pausesCollection: z.boolean().default(false),
  })
  .superRefine(({ kind, matchers, when, pausesCollection }, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const problem = findWhenProblem(when);
    if (problem) say(["when", problem.field], problem.message);
    if (!pausesCollection) return;
    if (kind !== "maintenance") say(["pausesCollection"], "Only maintenance pauses collection; a silence just mutes.");
    else if (matchers.some(({ of }) => !INSTANCE_FIELDS.includes(of)))
      say(
        ["pausesCollection"],
        "Collection is paused for instances, hosts, tags and plugins, not for rules or labels.",
      );
  });
export type SilenceDraft = z.output<typeof SilenceDraft>;

export interface Silence extends SilenceDraft {
  readonly id: string;
  readonly createdBy: string | null;
  readonly createdAt: number;
}

/** Why nobody is told of an alert that is there. */
export const MutedBy = z.object({
  kind: z.enum(["silence", "maintenance", "parent"]),
  /** Of the silence; of a parent, its alert's. */
  id: z.string(),
  name: z.string(),
  /** Epoch milliseconds; null where no end is in sight. */
  until: z.number().nullable(),
});
export type MutedBy = z.output<typeof MutedBy>;

/** What is wrong with a time, and in which field. */
export function findWhenProblem(when: SilenceWhen): { field: string; message: string } | undefined {
  const { from, to } = when;
  if (from !== undefined && to !== undefined && to <= from) return { field: "to", message: "It ends after it begins." };
  if (when.kind === "once")
    return when.to - when.from > YEAR_MS ? { field: "to", message: "A silence lasts a year at most." } : undefined;
  if (!isTimeZone(when.timeZone))
    return { field: "timeZone", message: `"${when.timeZone}" is no time zone. One is, for example, Europe/Berlin.` };
  const message = findCronProblem(when.expression, when.timeZone);
  return message === undefined ? undefined : { field: "expression", message };
}
