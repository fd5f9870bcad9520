import { z } from "zod";
import { CollectError } from "../sdk";

/** Numbers that another version or a relative may write in another way are unknown, and no fault. */
const total = z.number().optional().catch(undefined);
const part = <T extends z.ZodRawShape>(shape: T) => z.object(shape).optional().catch(undefined);
const pair = part({ latency: total, ops: total });

export type Hello = z.output<typeof Hello>;
export const Hello = z.object({
  setName: z.string().optional(),
  isWritablePrimary: z.boolean().optional(),
  ismaster: z.boolean().optional(),
  secondary: z.boolean().optional(),
  arbiterOnly: z.boolean().optional(),
  /** "isdbgrid" of a router of a sharded cluster. */
  msg: z.string().optional(),
});
export const ServerStatus = z.object({
  version: z.string(),
  process: z.string().optional(),
  host: z.string().optional(),
  uptime: total,
  connections: part({ current: total, available: total, totalCreated: total, active: total }),
  network: part({ bytesIn: total, bytesOut: total }),
  opcounters: z.record(z.string(), z.number()).optional().catch(undefined),
  opLatencies: part({ reads: pair, writes: pair, commands: pair }),
  mem: part({ resident: total }),
  globalLock: part({ currentQueue: part({ readers: total, writers: total }) }),
  asserts: z.record(z.string(), z.number()).optional().catch(undefined),
  extra_info: part({ page_faults: total }),
  metrics: part({ cursor: part({ open: part({ total }) }) }),
  wiredTiger: part({
    cache: part({
      "bytes currently in the cache": total,
      "maximum bytes configured": total,
      "tracked dirty bytes in the cache": total,
    }),
  }),
});
export type ServerStatus = z.output<typeof ServerStatus>;
export const ReplicaSet = z.object({
  set: z.string(),
  members: z.array(
    z.object({
      name: z.string(),
      stateStr: z.string(),
      health: z.number().optional(),
      /** Epoch milliseconds. */
      optimeDate: total,
      self: z.boolean().optional(),
      pingMs: total,
    }),
  ),
});
export type Member = z.output<typeof ReplicaSet>["members"][number];
export const DatabaseList = z.object({
  databases: z.array(z.object({ name: z.string(), sizeOnDisk: z.number().optional() })),
});
export const DatabaseStats = z.object({
  objects: total,
  storageSize: total,
  indexSize: total,
  collections: total,
  fsUsedSize: total,
  fsTotalSize: total,
});
export type DatabaseStats = z.output<typeof DatabaseStats>;
export const OplogEntry = z.object({ cursor: z.object({ firstBatch: z.array(z.object({ ts: z.number() })) }) });

/** @throws CollectError `parse` when the answer has another shape */
export function parseAnswer<T extends z.ZodType>(schema: T, answer: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CollectError(
    "parse",
    `${what} answered in an unknown shape: ${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "?"}.`,
    { hint: "Check that it is MongoDB itself, and not a database that only speaks its protocol." },
  );
}
