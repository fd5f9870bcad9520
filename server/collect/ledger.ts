import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";
import type { Inventory } from "../../plugins/sdk/plugin";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import { createTrouble } from "../trouble";
import { BEATS_MS, type Beat, createBeats } from "./beats";
import { createRunId } from "./run-id";
import { createSnapshots, type Snapshot } from "./snapshots";
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

/** Runs, health and inventory: written behind, every few seconds and together, so that a run costs no transaction. */
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
  /** Failed runs of these instances that began in a window, newest first. */
  failedRuns(query: { instanceIds: readonly string[]; from: number; to: number; limit: number }): Promise<RunRecord[]>;
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

/** Rows in one statement: well below every database's limit of parameters. */
const ROWS_AT_ONCE = 200;
/** Snapshots in one statement: one may be large. */
const SNAPSHOTS_AT_ONCE = 50;
const SNAPSHOT_CHARACTERS = 200_000;

interface Changed {
  readonly status: Status;
  readonly snapshot: (Snapshot & { readonly at: number }) | undefined;
}

/** @param deps.flushMs what a killed process loses, of runs and statuses. Default one second */
export async function openLedger(
  connection: Connection,
  deps: { clock: Clock; log: Log; flushMs?: number | undefined },
): Promise<Ledger> {
  const { db, schema, dialect } = connection;
  const { pluginExecutions, pluginInventory, pluginStatus } = schema;
  const { clock, log, flushMs = FLUSH_MS } = deps;
  const statuses = new Map<string, Status>();
  const dirty = new Map<string, Changed>();
  const snapshots = createSnapshots();
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

  async function listKnown(tx: typeof db, ids: readonly string[]): Promise<Set<string>> {
    const known = new Set<string>();
    for (const some of slices(ids, ROWS_AT_ONCE)) {
      const rows = await tx
        .select({ id: schema.plugins.id })
        .from(schema.plugins)
        .where(inArray(schema.plugins.id, some));
      for (const { id } of rows) known.add(id);
    }
    return known;
  }

  async function write(): Promise<void> {
    const batch = runs;
    const changed = [...dirty];
    runs = [];
    dirty.clear();
    if (batch.length === 0 && changed.length === 0) return;
    try {
      await db.transaction(async (tx) => {
        // An instance that was removed meanwhile takes nothing with it.
        const named = new Set([...batch.map(({ instanceId }) => instanceId), ...changed.map(([id]) => id)]);
        const known = await listKnown(tx, [...named]);
        const rows = batch.filter(({ instanceId }) => known.has(instanceId));
        for (const some of slices(rows, ROWS_AT_ONCE)) await dialect.insertIgnore(tx, pluginExecutions, some);
        const left = changed.filter(([instanceId]) => known.has(instanceId));
        const told = left.map(([, { status }]) => status);
        for (const some of slices(told, ROWS_AT_ONCE))
          await dialect.upsert(tx, pluginStatus, some, [pluginStatus.instanceId]);
        for (const some of snapshotRows(left))
          await dialect.upsert(tx, pluginInventory, some, [pluginInventory.instanceId]);
      });
      trouble.worked();
    } catch (error) {
      runs = [...batch, ...runs].slice(-MAX_PENDING);
      for (const [instanceId, { status, snapshot }] of changed) {
        const newer = dirty.get(instanceId);
        dirty.set(instanceId, { status: newer?.status ?? status, snapshot: newer?.snapshot ?? snapshot });
      }
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
      runs.push({ id: createRunId(), ...run });
      if (runs.length > MAX_PENDING) runs.shift();
      const at = status.lastRunAt ?? 0;
      const pending = dirty.get(run.instanceId)?.snapshot;
      const taken = inventory && (snapshots.take(run.instanceId, inventory, at) ?? pending);
      dirty.set(run.instanceId, { status, snapshot: taken ? { ...taken, at } : pending });
      cancel ??= clock.after(flushMs, () => void flush());
    },
    observe({ at, outcome }, status) {
      statuses.set(status.instanceId, status);
      beats.record(status.instanceId, at, outcome);
      // Whoever runs it writes what it finds.
      snapshots.forget(status.instanceId);
    },
    reload,
    async inventory(instanceId) {
      const seenAt = snapshots.seenAt(instanceId) ?? 0;
      const pending = dirty.get(instanceId)?.snapshot;
      if (pending) return { at: Math.max(pending.at, seenAt), snapshot: pending.inventory };
      const [row] = await db.select().from(pluginInventory).where(eq(pluginInventory.instanceId, instanceId));
      return row && { at: Math.max(row.at, seenAt), snapshot: row.snapshot };
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
    async failedRuns({ instanceIds, from, to, limit }) {
      if (instanceIds.length === 0) return [];
      await flush();
      return db
        .select()
        .from(pluginExecutions)
        .where(
          and(
            inArray(pluginExecutions.instanceId, [...instanceIds]),
            eq(pluginExecutions.outcome, "failed"),
            gte(pluginExecutions.startedAt, from),
            lt(pluginExecutions.startedAt, to),
          ),
        )
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
      snapshots.forget(instanceId);
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

/** Rows of snapshots, in statements that are not too large. */
function* snapshotRows(changed: readonly (readonly [string, Changed])[]) {
  let rows: { instanceId: string; at: number; snapshot: Inventory }[] = [];
  let characters = 0;
  for (const [instanceId, { snapshot }] of changed) {
    if (!snapshot) continue;
    rows.push({ instanceId, at: snapshot.at, snapshot: snapshot.inventory });
    characters += snapshot.length;
    if (rows.length < SNAPSHOTS_AT_ONCE && characters < SNAPSHOT_CHARACTERS) continue;
    yield rows;
    rows = [];
    characters = 0;
  }
  if (rows.length > 0) yield rows;
}

function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
