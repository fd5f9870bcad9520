import { and, desc, eq, gte, lt } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { Inventory } from "../../plugins/sdk/plugin";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import { createTrouble } from "../trouble";
import { BEATS_MS, type Beat, createBeats } from "./beats";
import { type Status, unknownStatus } from "./status";

/** One run as it is remembered and shown. */
export interface RunRecord {
  readonly id: string;
  readonly instanceId: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: "ok" | "partial" | "failed";
  readonly readings: number;
  readonly refused: number;
  readonly attempts: number;
  readonly reason: string | null;
  readonly message: string | null;
  readonly hint: string | null;
  readonly remarks: string[];
}

export interface InventoryRecord {
  readonly at: number;
  readonly snapshot: Inventory;
}

/** Runs, health and inventory: written behind, once a second and together, so that a run costs no transaction. */
export interface Ledger {
  status(instanceId: string): Status;
  record(run: Omit<RunRecord, "id">, status: Status, inventory: Inventory | undefined): void;
  /** A run of another process, which writes it. */
  observe(run: { at: number; outcome: RunRecord["outcome"] }, status: Status): void;
  /** Reads the statuses that other processes wrote. */
  reload(): Promise<void>;
  inventory(instanceId: string): Promise<InventoryRecord | undefined>;
  /** Newest first. */
  runs(instanceId: string, limit: number): Promise<RunRecord[]>;
  /** The past day in half hours, from memory. */
  strip(instanceId: string): Beat[];
  /** Reads the past day's outcomes of these instances: once, after the start, in the background. */
  loadStrips(instanceIds: readonly string[]): Promise<void>;
  forget(instanceId: string): void;
  prune(before: number): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

const FLUSH_MS = 1_000;
/** Runs that wait while the database is away; the oldest go first. Statuses and inventories are one an instance. */
const MAX_PENDING = 10_000;

export async function openLedger(connection: Connection, deps: { clock: Clock; log: Log }): Promise<Ledger> {
  const { db, schema, dialect } = connection;
  const { pluginExecutions, pluginInventory, pluginStatus } = schema;
  const { clock, log } = deps;
  const statuses = new Map<string, Status>();
  const dirty = new Map<string, { status: Status; inventory: Inventory | undefined }>();
  const beats = createBeats();
  const trouble = createTrouble(log, {
    failing: "runs cannot be written; they are kept and tried again",
    over: "runs are written again",
  });
  let runs: RunRecord[] = [];
  let cancel: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    for (const row of await db.select().from(pluginStatus)) {
      const known = statuses.get(row.instanceId);
      // Columns are as they were written from a Status; the database only lends them.
      if (!known || (row.lastRunAt ?? 0) > (known.lastRunAt ?? 0)) statuses.set(row.instanceId, row as Status);
    }
  }
  await reload();

  async function write(): Promise<void> {
    const batch = runs;
    const changed = [...dirty];
    runs = [];
    dirty.clear();
    if (batch.length === 0 && changed.length === 0) return;
    try {
      await db.transaction(async (tx) => {
        // An instance that was removed meanwhile takes nothing with it.
        const known = new Set((await tx.select({ id: schema.plugins.id }).from(schema.plugins)).map(({ id }) => id));
        const rows = batch.filter(({ instanceId }) => known.has(instanceId));
        for (let start = 0; start < rows.length; start += 200)
          await dialect.insertIgnore(tx, pluginExecutions, rows.slice(start, start + 200));
        for (const [instanceId, { status, inventory }] of changed) {
          if (!known.has(instanceId)) continue;
          await dialect.upsert(tx, pluginStatus, status, [pluginStatus.instanceId]);
          if (inventory) {
            await dialect.upsert(tx, pluginInventory, { instanceId, at: status.lastRunAt ?? 0, snapshot: inventory }, [
              pluginInventory.instanceId,
            ]);
          }
        }
      });
      trouble.worked();
    } catch (error) {
      runs = [...batch, ...runs].slice(-MAX_PENDING);
      for (const [instanceId, entry] of changed) if (!dirty.has(instanceId)) dirty.set(instanceId, entry);
      trouble.failed(error);
    }
  }

  const flush = () => {
    cancel?.();
    cancel = undefined;
    writing = writing.then(write);
    return writing;
  };

  return {
    status: (instanceId) => statuses.get(instanceId) ?? unknownStatus(instanceId, clock.now()),
    record(run, status, inventory) {
      statuses.set(run.instanceId, status);
      beats.record(run.instanceId, run.startedAt, run.outcome);
      runs.push({ id: createId(), ...run });
      if (runs.length > MAX_PENDING) runs.shift();
      dirty.set(run.instanceId, { status, inventory: inventory ?? dirty.get(run.instanceId)?.inventory });
      cancel ??= clock.after(FLUSH_MS, () => void flush());
    },
    observe({ at, outcome }, status) {
      statuses.set(status.instanceId, status);
      beats.record(status.instanceId, at, outcome);
    },
    reload,
    async inventory(instanceId) {
      const pending = dirty.get(instanceId);
      if (pending?.inventory) return { at: pending.status.lastRunAt ?? 0, snapshot: pending.inventory };
      const [row] = await db.select().from(pluginInventory).where(eq(pluginInventory.instanceId, instanceId));
      return row && { at: row.at, snapshot: row.snapshot };
    },
    async runs(instanceId, limit) {
      await flush();
      return db
        .select()
        .from(pluginExecutions)
        .where(eq(pluginExecutions.instanceId, instanceId))
        .orderBy(desc(pluginExecutions.startedAt), desc(pluginExecutions.id))
        .limit(limit);
    },
    strip: (instanceId) => beats.strip(instanceId, clock.now()),
    async loadStrips(instanceIds) {
      for (const instanceId of instanceIds) {
        const rows = await db
          .select({ startedAt: pluginExecutions.startedAt, outcome: pluginExecutions.outcome })
          .from(pluginExecutions)
          .where(
            and(eq(pluginExecutions.instanceId, instanceId), gte(pluginExecutions.startedAt, clock.now() - BEATS_MS)),
          );
        for (const { startedAt, outcome } of rows) beats.record(instanceId, startedAt, outcome);
      }
    },
    forget(instanceId) {
      statuses.delete(instanceId);
      dirty.delete(instanceId);
      beats.forget(instanceId);
      runs = runs.filter((run) => run.instanceId !== instanceId);
    },
    async prune(before) {
      await db.delete(pluginExecutions).where(lt(pluginExecutions.startedAt, before));
    },
    flush,
    async close() {
      await flush();
    },
  };
}
