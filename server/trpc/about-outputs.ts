import { z } from "zod";

/** What is said about Unity itself. Instants are epoch milliseconds, null is "unknown". */
export const About = z.object({
  at: z.number(),
  version: z.string(),
  /** "Node 22.1.0 on linux x64". */
  runtime: z.string(),
  startedAt: z.number(),
  /** The machine Unity runs on. */
  host: z.string(),
  /** A file, or a server and its database, without the password. */
  database: z.string(),
  plugins: z.number(),
  brokenPlugins: z.number(),
  instances: z.number(),
  series: z.number(),
  /** Resident memory of the process. */
  memoryBytes: z.number(),
  store: z.object({
    engine: z.string(),
    /** Raw ones. */
    samples: z.number(),
    bytes: z.number(),
    /** Of the raw samples. */
    oldestAt: z.number().nullable(),
    pending: z.number(),
    lastFlushMs: z.number().nullable(),
  }),
  retention: z.object({ rawMs: z.number(), hourlyMs: z.number(), dailyMs: z.number() }),
});
