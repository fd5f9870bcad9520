import { and, desc, eq, gte, like, lt, or, type SQL } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import { createTrouble } from "../trouble";
import { AuditDetails, type AuditEntry, type AuditOutcome } from "./audit-entry";
import { createRefusalBound } from "./refusal-bound";
import type { Visitor } from "./visitor";

/** What is written of a deed. When, and in which line, is the log's affair. */
export interface AuditRecord {
  readonly who: Pick<Visitor, "userId" | "name" | "via" | "address">;
  /** A procedure's path, or another deed, as "sign-in". */
  readonly action: string;
  readonly outcome: AuditOutcome;
  /** What it was done to, and what that is called. */
  readonly subject?: { readonly id: string | null; readonly name: string | null } | undefined;
  /** Never a secret. */
  readonly details?: AuditDetails;
}

export interface AuditQuery {
  /** Only what stands behind this one: many may have the same instant. */
  readonly before?: { readonly at: number; readonly id: string } | undefined;
  /** Somebody's id or name. */
  readonly actor?: string | undefined;
  /** An action, as "channels.update", or a group of them, as "channels". Letters, digits, dots and hyphens. */
  readonly action?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  readonly since?: number | undefined;
  readonly limit: number;
}

/** Who did what: every change, sign-in and refusal. Written at the side and together. */
export interface AuditLog {
  /** Never throws, and nobody waits for it. Of what is refused or fails only so much is written; the rest is counted. */
  record(entry: AuditRecord): void;
  /** Newest first. @throws what the database throws */
  list(query: AuditQuery): Promise<AuditEntry[]>;
  prune(before: number): Promise<void>;
  /** Writes what waits. What cannot be written goes to the process's log as a whole. Never throws. */
  close(): Promise<void>;
}

const TOGETHER_MS = 500;
const RETRY_MS = 2_000;
/** While the database is away. What is beyond goes to the process's log. */
const MOST_WAITING = 5_000;
const ROWS_AT_ONCE = 100;
/** The process ends soon after it is told to. */
const CLOSE_WITHIN_MS = 1_000;
const MOST_KEY = 191;

export function openAuditLog(
  { db, schema, dialect }: Connection,
  { clock, log }: { clock: Clock; log: Log },
): AuditLog {
  const { auditLog } = schema;
  const bound = createRefusalBound();
  /** By id, oldest first: each goes when it is written. */
  const waiting = new Map<string, AuditEntry>();
  let writing: Promise<void> = Promise.resolve();
  let cancel: (() => void) | undefined;
  let closed = false;
  const trouble = createTrouble(log, {
    failing: "the audit log cannot be written; its entries are kept and tried again",
    over: "the audit log is written again",
  });

  const sayInstead = (entry: AuditEntry) => log.error({ audit: entry }, "an entry of the audit log that is only here");

  function put(entry: AuditEntry): void {
    if (closed) {
      sayInstead(entry);
      return;
    }
    waiting.set(entry.id, entry);
    const [oldest] = waiting.size > MOST_WAITING ? waiting.values() : [];
    if (oldest) {
      waiting.delete(oldest.id);
      sayInstead(oldest);
    }
    cancel ??= clock.after(TOGETHER_MS, () => void flush());
  }

  async function write(): Promise<void> {
    try {
      while (waiting.size > 0) {
        const batch = [...waiting.values()].slice(0, ROWS_AT_ONCE);
        // One that was written before the connection broke is there already.
        await dialect.insertIgnore(db, auditLog, batch);
        for (const { id } of batch) waiting.delete(id);
        trouble.worked();
      }
    } catch (error) {
      trouble.failed(error, { waiting: waiting.size });
      if (!closed) cancel ??= clock.after(RETRY_MS, () => void flush());
    }
  }

  function flush(): Promise<void> {
    cancel?.();
    cancel = undefined;
    writing = writing.then(write);
    return writing;
  }

  function record({ who, action, outcome, subject, details = {} }: AuditRecord): void {
    const now = clock.now();
    const of = `${outcome} ${who.userId ?? who.address ?? ""}`;
    const unrecorded = outcome === "done" ? 0 : bound.admit(of, now);
    if (unrecorded === undefined) return;
    put({
      id: createId(),
      at: now,
      actorId: who.userId,
      actor: cut(who.name),
      via: who.via,
      address: cut(who.address),
      action: action.slice(0, MOST_KEY),
      outcome,
      subjectId: cut(subject?.id),
      subject: cut(subject?.name),
      details: unrecorded > 0 ? { ...details, unrecorded } : details,
    });
  }

  async function withinTime(work: Promise<void>): Promise<void> {
    let stop = () => {};
    const tooLong = new Promise<void>((resolve) => {
      stop = clock.after(CLOSE_WITHIN_MS, resolve);
    });
    await Promise.race([work, tooLong]);
    stop();
  }

  /** Who was refused again and again and then stayed away is told of at night, or at the end. */
  function tellUnrecorded(): void {
    const unrecorded = bound.drain();
    if (unrecorded === 0) return;
    const nobody = { actorId: null, actor: null, via: "none", address: null, subjectId: null, subject: null } as const;
    put({
      id: createId(),
      at: clock.now(),
      ...nobody,
      action: "refusals",
      outcome: "refused",
      details: { unrecorded },
    });
  }

  return {
    record(entry) {
      try {
        record(entry);
      } catch (error) {
        log.error({ err: error, action: entry.action }, "an entry could not be put into the audit log");
      }
    },
    async list({ before, actor, action, outcome, since, limit }) {
      await flush();
      const where: (SQL | undefined)[] = [
        before && or(lt(auditLog.at, before.at), and(eq(auditLog.at, before.at), lt(auditLog.id, before.id))),
        actor === undefined ? undefined : or(eq(auditLog.actorId, actor), eq(auditLog.actor, actor)),
        action === undefined ? undefined : or(eq(auditLog.action, action), like(auditLog.action, `${action}.%`)),
        outcome === undefined ? undefined : eq(auditLog.outcome, outcome),
        since === undefined ? undefined : gte(auditLog.at, since),
      ];
      const rows = await db
        .select()
        .from(auditLog)
        .where(and(...where))
        .orderBy(desc(auditLog.at), desc(auditLog.id))
        .limit(limit);
      // Another version may have written others.
      return rows.map((row) => ({ ...row, details: AuditDetails.safeParse(row.details).data ?? {} }));
    },
    async prune(before) {
      tellUnrecorded();
      await db.delete(auditLog).where(lt(auditLog.at, before));
    },
    async close() {
      tellUnrecorded();
      await withinTime(flush());
      closed = true;
      for (const entry of waiting.values()) sayInstead(entry);
      waiting.clear();
    },
  };
}

const cut = (text: string | null | undefined) =>
  text === null || text === undefined ? null : text.length <= MOST_KEY ? text : `${text.slice(0, MOST_KEY - 1)}…`;
