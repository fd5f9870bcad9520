import { z } from "zod";

/** Shapes of what is said about storage. Instants are epoch milliseconds, null is "unknown". */

const Days = z.number();
const Table = z.object({ name: z.string(), bytes: z.number() });
const Latency = z.object({ count: z.number(), p50Ms: z.number(), p95Ms: z.number() }).nullable();

export const StoreHealth = z.object({
  at: z.number(),
  /** Accepted, not yet durable. */
  pending: z.number(),
  /** Of those, in a file of Unity's own: a crash does not lose them. */
  spooled: z.number(),
  /** Beyond this many in memory, samples are refused. */
  mostPending: z.number(),
  /** The database does not take samples. */
  failing: z.object({ since: z.number(), message: z.string() }).nullable(),
});

export const RetentionState = z.object({
  rawDays: Days,
  hourlyDays: Days,
  dailyDays: Days,
  alertsDays: Days,
  runsDays: Days,
  auditDays: Days,
  /** Raw samples, by plugin. */
  plugins: z.record(z.string(), Days),
  budgetBytes: z.number().nullable(),
});

const Cost = z.object({
  bytes: z.number(),
  rawBytes: z.number(),
  hourlyBytes: z.number(),
  dailyBytes: z.number(),
  otherBytes: z.number(),
  plugins: z.array(z.object({ plugin: z.string(), bytesPerDay: z.number(), bytes: z.number() })),
});

/** What it comes to once everything has been kept for as long as it is to be. */
export const StoragePlan = z.object({
  asSet: Cost,
  kept: z.object({ rawDays: Days, hourlyDays: Days, dailyDays: Days, plugins: z.record(z.string(), Days) }),
  cost: Cost,
  shortened: z.boolean(),
  fits: z.boolean(),
});

export const Storage = z.object({
  at: z.number(),
  database: z.object({
    /** "PostgreSQL 16.4". */
    version: z.string(),
    /** A file, or a server and its database, without the password. */
    shown: z.string(),
    timescale: z
      .object({ state: z.string(), version: z.string().nullable(), advice: z.string().nullable() })
      .nullable(),
    /** Where samples are, when not in the database. How long they stay is that server's affair. */
    samplesShown: z.string().nullable(),
  }),
  /** Unity processes on this database; none are listed where it is used by one only, whatever happens. */
  processes: z.array(z.object({ host: z.string(), isThis: z.boolean() })),
  health: StoreHealth,
  retention: RetentionState,
  /** What the database says of itself; a sentence when it says nothing. */
  stored: z.union([
    z.object({ answers: z.literal(false), message: z.string() }),
    z.object({
      answers: z.literal(true),
      engine: z.string(),
      samples: z.number(),
      bytes: z.number(),
      oldestAt: z.number().nullable(),
      /** "1y": how long a server of the samples' own keeps them. */
      serverKeeps: z.string().nullable(),
      lastFlushMs: z.number().nullable(),
      flushes: Latency,
      queries: Latency,
      samplesPerDay: z.number(),
      /** Largest first: samples' and all others. */
      tables: z.array(Table.extend({ samples: z.boolean() })),
      /** Largest a day first. */
      plugins: z.array(
        z.object({
          plugin: z.string(),
          name: z.string(),
          /** That get samples now. */
          series: z.number(),
          samples: z.number(),
          /** null where the engine cannot say. */
          bytes: z.number().nullable(),
          samplesPerDay: z.number(),
          bytesPerSample: z.number(),
        }),
      ),
      plan: StoragePlan,
    }),
  ]),
});
