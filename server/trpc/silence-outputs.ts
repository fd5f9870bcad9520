import { z } from "zod";
import { SEVERITIES } from "../alerts/shapes/rule";
import { SilenceDraft, SilenceMatcher, SilenceWhen } from "../alerts/shapes/silence";

/** Epoch milliseconds; `to` null where no end is in sight. */
const Opening = z.object({
  from: z.number(),
  to: z.number().nullable(),
  /** The clock is set that night: the time said does not exist and it begins right after, or it exists twice and counts once. */
  clock: z.enum(["moved", "twice"]).nullable(),
});

/** A silence or maintenance window, and how it stands. */
export const SilenceView = z.object({
  ...SilenceDraft.shape,
  id: z.string(),
  createdBy: z.string().nullable(),
  createdAt: z.number(),
  state: z.enum(["open", "planned", "over"]),
  /** The opening that it is in. */
  open: Opening.nullable(),
  /** The first after that. */
  next: Opening.nullable(),
  /** What lies in the next five weeks, for the calendar. */
  openings: z.array(Opening),
  /** Alerts that it mutes now. */
  mutes: z.number(),
});

export const PreviewInput = z.object({
  matchers: z.array(SilenceMatcher).max(20),
  /** Null while it is not said yet. */
  when: SilenceWhen.nullable(),
});

/** What a silence would do, before it is made. */
export const SilencePreview = z.object({
  /** What is wrong with its time, and in which field. */
  problem: z.object({ field: z.string(), message: z.string() }).nullable(),
  firing: z.number(),
  pending: z.number(),
  /** The worst of them. */
  alerts: z.array(
    z.object({
      id: z.string(),
      ruleName: z.string(),
      instanceName: z.string().nullable(),
      severity: z.enum(SEVERITIES),
      phase: z.enum(["pending", "firing"]),
    }),
  ),
  /** Instances of which everything is muted. */
  instances: z.array(z.string()),
  /** The one that is open now, and the next ones: five at most. */
  openings: z.array(Opening),
});
