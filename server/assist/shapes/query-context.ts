import { z } from "zod";

/** Where a course is heading over its window. */
const DIRECTIONS = ["rising", "falling", "steady", "unknown"] as const;

/** A straight line through what was measured. */
export const Trend = z.object({
  direction: z.enum(DIRECTIONS),
  /** In the metric's unit; null where there is too little to tell. */
  perHour: z.number().nullable(),
});

/** What a series was over a window: base units, instants in epoch milliseconds. */
export const Course = z.object({
  min: z.number().nullable(),
  avg: z.number().nullable(),
  max: z.number().nullable(),
  /** When the highest was; as exact as the points it was read in. */
  maxAt: z.number().nullable(),
  trend: Trend,
});

const ContextMetric = z.object({
  plugin: z.string(),
  instance: z.object({ id: z.string(), name: z.string(), host: z.string() }),
  metric: z.string(),
  description: z.string(),
  unit: z.string(),
  labels: z.record(z.string(), z.string()),
  /** How well it fits the question: more is better, 0 where nothing of the question was found and the main figures stand in. */
  relevance: z.number(),
  /** Words of the question that it was found by. */
  words: z.array(z.string()),
  current: z.object({ at: z.number(), value: z.number(), text: z.string(), fresh: z.boolean() }).nullable(),
  ...Course.shape,
});

/** What to know for answering a question: which metrics speak of it, and how they did over a time. */
export const QueryContext = z.object({
  question: z.string(),
  timeframe: z.object({ from: z.number(), to: z.number() }),
  /** Plugins of the metrics below. */
  plugins: z.array(z.object({ id: z.string(), name: z.string(), summary: z.string() })),
  /** Words of the question that were looked for, and others that mean the same. */
  words: z.array(z.string()),
  /** The most relevant first. */
  metrics: z.array(ContextMetric),
  /** Series that fit; `metrics` holds the best of them. */
  total: z.number(),
});
export type QueryContext = z.output<typeof QueryContext>;
