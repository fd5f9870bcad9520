import { and, desc, eq, gte, inArray, lt, or, type SQL } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import { createTrouble } from "../trouble";
import type { Alert, AlertEvent, AlertEventDetails, Transition } from "./shapes/alert";
import { isOpen } from "./step";

/** What alerts leave behind: what stands now, and every change. Written behind and together, so that neither is there without the other. */
export interface AlertBook {
  /** Resolves once it is durable, or was put off because the database is away. */
  record(transitions: readonly Transition[], more?: readonly Write[]): Promise<void>;
  /** An open alert is another one, without a change of state: for its timeline as well. */
  keep(alert: Alert, event: Omit<AlertEvent, "id">, more?: readonly Write[]): Promise<void>;
  /** Nothing is left of it. */
  drop(id: string): Promise<void>;
  /** Open alerts, as they were written last; of these instances, or all. */
  standing(instanceIds?: readonly string[]): Promise<Alert[]>;
  /** One that is open. */
  find(id: string): Promise<Alert | undefined>;
  /** These, and those that a person ended whose condition was not over since: they have the phase `resolved`. */
  kept(instanceIds?: readonly string[]): Promise<Alert[]>;
  /** Newest first. */
  history(query: HistoryQuery): Promise<AlertEvent[]>;
  prune(before: number): Promise<void>;
  flush(): Promise<void>;
}
/** Something of others that belongs into the same transaction. */
export type Write = (tx: Connection["db"]) => Promise<unknown>;

export interface HistoryQuery {
  readonly alertId?: string | undefined;
  /** Any of these. */
  readonly alertIds?: readonly string[] | undefined;
  readonly instanceId?: string | undefined;
  /** Of these only. */
  readonly instanceIds?: readonly string[] | undefined;
  readonly ruleId?: string | undefined;
  readonly severity?: Alert["severity"] | undefined;
  readonly events?: readonly AlertEvent["event"][] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only what stands behind this one: many may have the same instant. */
  readonly before?: { readonly at: number; readonly id: string } | undefined;
  /** At most; older ones are asked for by `before`. */
  readonly limit: number;
}

/** Changes that wait while the database is away; the oldest go first. What stands is one an alert. */
const MOST_WAITING = 10_000;
const RETRY_MS = 2_000;
const ROWS_AT_ONCE = 100;

export function openAlertBook(connection: Connection, { clock, log }: { clock: Clock; log: Log }): AlertBook {
  const { db, schema, dialect } = connection;
  const { alertHistory, alertStates } = schema;
  const trouble = createTrouble(log, {
    failing: "changes of alerts cannot be written; they are kept and tried again",
    over: "changes of alerts are written again",
  });
  let events: AlertEvent[] = [];
  /** By the alert's id; null where nothing is left of it. */
  let states = new Map<string, Alert | null>();
  let writes: Write[] = [];
  let writing: Promise<void> = Promise.resolve();
  let retry: (() => void) | undefined;

  async function write(): Promise<void> {
    const [batch, changed, others] = [events, states, writes];
    if (batch.length === 0 && changed.size === 0 && others.length === 0) return;
    [events, states, writes] = [[], new Map(), []];
    try {
      await db.transaction(async (tx) => {
        for (const some of slices(batch)) await dialect.insertIgnore(tx, alertHistory, some.map(rowOf));
        const kept = [...changed.values()].flatMap((alert) => alert ?? []);
        const rows = kept.map((alert) => ({
          id: alert.id,
          instanceId: alert.instanceId,
          alert,
          updatedAt: clock.now(),
        }));
        for (const some of slices(rows)) await dialect.upsert(tx, alertStates, some, [alertStates.id]);
        const over = [...changed].flatMap(([id, alert]) => (alert ? [] : [id]));
        for (const some of slices(over)) await tx.delete(alertStates).where(inArray(alertStates.id, some));
        for (const other of others) await other(tx);
      });
      trouble.worked();
    } catch (error) {
      events = [...batch, ...events].slice(-MOST_WAITING);
      states = new Map([...changed, ...states]);
      writes = [...others, ...writes].slice(-MOST_WAITING);
      trouble.failed(error);
      retry ??= clock.after(RETRY_MS, () => {
        retry = undefined;
        void flush();
      });
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  async function read(chosen: SQL | undefined): Promise<Alert[]> {
    await flush();
    const rows = await db.select({ alert: alertStates.alert }).from(alertStates).where(chosen);
    // As this file wrote them; what could not be written yet is over all the same.
    return rows.map(({ alert }) => alert as Alert).filter(({ id }) => states.get(id) !== null);
  }
  const kept = (instanceIds?: readonly string[]) =>
    read(instanceIds && inArray(alertStates.instanceId, [...instanceIds]));

  return {
    record(transitions, more = []) {
      for (const { alert, from, to, at, cause, actor = null, note } of transitions) {
        // What a person ended must not fire again after a restart.
        states.set(alert.id, isOpen({ phase: to }) || cause === "by_hand" ? alert : null);
        const details = { ...detailsOf(alert), from, cause, ...(note === undefined ? {} : { note }) };
        // What never fired was nothing.
        if (to === "firing" || alert.firedAt !== null) events.push({ ...eventOf(alert, to, at), actor, details });
      }
      writes.push(...more);
      return flush();
    },
    keep(alert, event, more = []) {
      states.set(alert.id, alert);
      events.push({ ...event, id: createId() });
      writes.push(...more);
      return flush();
    },
    drop(id) {
      states.set(id, null);
      return flush();
    },
    standing: async (instanceIds) => (await kept(instanceIds)).filter(({ standing }) => isOpen(standing)),
    find: async (id) => (await read(eq(alertStates.id, id))).find(({ standing }) => isOpen(standing)),
    kept,
    async history(query) {
      await flush();
      const { alertId, alertIds, instanceId, instanceIds, ruleId, severity, events: wanted } = query;
      const { from, to, before, limit } = query;
      const where: (SQL | undefined)[] = [
        alertId === undefined ? undefined : eq(alertHistory.alertId, alertId),
        alertIds === undefined ? undefined : inArray(alertHistory.alertId, [...alertIds]),
        instanceId === undefined ? undefined : eq(alertHistory.instanceId, instanceId),
        instanceIds === undefined ? undefined : inArray(alertHistory.instanceId, [...instanceIds]),
        ruleId === undefined ? undefined : eq(alertHistory.ruleId, ruleId),
        severity === undefined ? undefined : eq(alertHistory.severity, severity),
        wanted === undefined ? undefined : inArray(alertHistory.event, [...wanted]),
        from === undefined ? undefined : gte(alertHistory.at, from),
        to === undefined ? undefined : lt(alertHistory.at, to),
        before &&
          or(lt(alertHistory.at, before.at), and(eq(alertHistory.at, before.at), lt(alertHistory.id, before.id))),
      ];
      const rows = await db
        .select()
        .from(alertHistory)
        .where(and(...where))
        .orderBy(desc(alertHistory.at), desc(alertHistory.id))
        .limit(limit);
      return rows.map(({ threshold, event, details, ...row }) => ({
        ...row,
        limit: threshold,
        event: event as AlertEvent["event"],
        details: details as AlertEventDetails,
      }));
    },
    async prune(before) {
      await db.delete(alertHistory).where(lt(alertHistory.at, before));
    },
    async flush() {
      retry?.();
      retry = undefined;
      await flush();
    },
  };
}

function eventOf(alert: Alert, event: AlertEvent["event"], at: number): Omit<AlertEvent, "details" | "actor"> {
  const { id, ruleId, instanceId, severity, value, limit } = alert;
  return { id: createId(), at, alertId: id, ruleId, instanceId, event, severity, value, limit };
}

export function detailsOf({ ruleName, labels, summary, metric, worst }: Alert): AlertEventDetails {
  return { ruleName, labels, summary, metric, worst };
}

function rowOf({ limit, ...event }: AlertEvent) {
  return { ...event, threshold: limit };
}

function* slices<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) yield items.slice(start, start + ROWS_AT_ONCE);
}
