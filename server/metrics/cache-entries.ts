import { z } from "zod";

/** What other programs may read. Instants are epoch milliseconds; `version` grows when a shape changes. */
const version = z.literal(1);

/** The newest value of every series of an instance. */
export const LatestEntry = z.object({
  version,
  instanceId: z.string(),
  values: z.array(
    z.object({
      series: z.number(),
      metric: z.string(),
      labels: z.record(z.string(), z.string()),
      at: z.number(),
      value: z.number(),
    }),
  ),
});

/** How an instance is doing. */
export const StatusEntry = z.object({
  version,
  instanceId: z.string(),
  plugin: z.string(),
  name: z.string(),
  host: z.string(),
  health: z.enum(["unknown", "healthy", "degraded", "failing"]),
  since: z.number(),
  lastRunAt: z.number().nullable(),
  lastSuccessAt: z.number().nullable(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  consecutiveErrors: z.number(),
});

/** All instances in a few numbers; paused ones count as nothing else. */
export const SummaryEntry = z.object({
  version,
  at: z.number(),
  hosts: z.number(),
  instances: z.number(),
  unknown: z.number(),
  healthy: z.number(),
  degraded: z.number(),
  failing: z.number(),
  paused: z.number(),
});
