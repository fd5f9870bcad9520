import { z } from "zod";
import { Trend } from "./query-context";

/** Something that a suggestion rests on: a figure as it was measured, in words. */
const Evidence = z.string();

export const Moved = z.object({
  instance: z.object({ id: z.string(), name: z.string(), host: z.string() }),
  metric: z.string(),
  unit: z.string(),
  labels: z.record(z.string(), z.string()),
  /** Averages of the time before and of the window itself. */
  before: z.number(),
  now: z.number(),
  /** How far it moved, in widths of what it did before: 3 is a lot. */
  score: z.number(),
  sentence: z.string(),
});

/**
 * Why an alert is red, worked out from what was measured and by rules that are written down; the same data gives the same answer. Base units,
 * instants in epoch milliseconds, null is "unknown".
 */
export const AlertAnalysis = z.object({
  alertId: z.string(),
  /** The moment that is looked at: now while it stands, else when it fired. */
  at: z.number(),
  rule: z.object({ id: z.string(), name: z.string() }),
  instance: z.object({ id: z.string(), name: z.string().nullable(), host: z.string().nullable() }),
  plugin: z.string().nullable(),
  metric: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  unit: z.string(),
  current: z.object({ value: z.number(), text: z.string() }).nullable(),
  threshold: z
    .object({
      value: z.number(),
      text: z.string(),
      comparison: z.enum(["above", "below", "equal", "unequal", "outside"]).nullable(),
    })
    .nullable(),
  /** What it was at the same hours of the days before; null with fewer than three such days. */
  baseline: z
    .object({
      /** The middle one of the days' averages. */
      median: z.number(),
      /** Half of the days were within so much of the median. */
      spread: z.number(),
      days: z.number(),
      /** How far the current value is from the median, in spreads; null where there was no spread. */
      distance: z.number().nullable(),
      sentence: z.string(),
    })
    .nullable(),
  trend: Trend.extend({
    /** The time that it was read from. */
    overSeconds: z.number(),
    /** Until the threshold is reached at this pace, or left again while it fires; null when it is not heading there. */
    secondsToThreshold: z.number().nullable(),
    sentence: z.string(),
  }).nullable(),
  /** What else moved on the same host, the most first. */
  moved: z.array(Moved),
  suggestion: z.object({
    /** Of the rule that said it. */
    id: z.string(),
    text: z.string(),
    evidence: z.array(Evidence),
  }),
});
export type AlertAnalysis = z.output<typeof AlertAnalysis>;
