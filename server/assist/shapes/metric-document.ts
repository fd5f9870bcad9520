import { z } from "zod";

/** How the newest run of an instance ended; "none": it never ran. */
export const OUTCOMES = ["ok", "partial", "failed", "none"] as const;

/**
 * One measured value with everything that a reader needs who knows nothing else: what it is, of what, in what unit, and whether it can be
 * relied on. Instants are epoch milliseconds, values are in base units (`unit`), null is "unknown".
 */
export const MetricDocument = z.object({
  /** When it was measured. */
  at: z.number(),
  plugin: z.object({ id: z.string(), name: z.string() }),
  instance: z.object({ id: z.string(), name: z.string(), host: z.string() }),
  metric: z.string(),
  /** What is measured, in one or two sentences of the plugin. */
  description: z.string(),
  value: z.number(),
  /** Of `value`: "bytes", "ratio" (0 to 1), "seconds", "celsius", "bytes_per_second", "bool", "count" and so on. */
  unit: z.string(),
  /** The value as a person reads it: "12.3 GiB". */
  text: z.string(),
  labels: z.record(z.string(), z.string()),
  /** Of the instance. */
  tags: z.array(z.string()),
  /** One plain sentence that stands alone. */
  sentence: z.string(),
  collection: z.object({
    intervalSeconds: z.number(),
    lastRunAt: z.number().nullable(),
    outcome: z.enum(OUTCOMES),
    /** Since it was measured. */
    ageSeconds: z.number(),
    /** From this age on it is stale. */
    staleAfterSeconds: z.number(),
    fresh: z.boolean(),
  }),
});
export type MetricDocument = z.output<typeof MetricDocument>;

export const MetricDocuments = z.object({
  /** What the server took for now. */
  at: z.number(),
  /** How many there are that fit the question; `documents` holds the first of them. */
  total: z.number(),
  documents: z.array(MetricDocument),
});
