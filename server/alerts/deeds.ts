import { v7 as createId } from "uuid";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import type { Log } from "../log";
import { createTrouble } from "../trouble";
import { type Asked, createAskedDeeds, type Order } from "./asked-deeds";
import { type AlertBook, detailsOf, type Write } from "./book";
import type { AlertEngine } from "./engine";
import type { Alert, Deed, Transition } from "./shapes/alert";

/**
 * What people do with alerts. An alert is in the memory of the process that collects its instance; whoever is asked for a deed elsewhere
 * writes it down, and that process does it: also when it comes only later, because the one before it died.
 */
export interface Deeds {
  /** @returns the alert as it is then @throws UnityError `not_found` when it is over */
  act(id: string, order: Order): Promise<Alert>;
  /** An acknowledgement ended by itself. */
  lapse(alert: Alert): Promise<void>;
  /** Does what was asked for elsewhere, of the alerts that this process has. */
  takeUp(): Promise<void>;
  /** Alerts of other processes as they will be, once what was asked for is done. @throws what the database throws */
  foresee(alerts: readonly Alert[]): Promise<readonly Alert[]>;
  close(): void;
}

interface DeedsParts {
  readonly connection: Connection;
  readonly records: Pick<AlertBook, "keep" | "find">;
  readonly engine: Pick<AlertEngine, "open" | "change" | "resolve">;
  record(transitions: readonly Transition[], more: readonly Write[]): Promise<void>;
  /** This process collects it. */
  holds(instanceId: string): boolean;
  /** What stood on it is being read: nobody can say yet what is over. */
  isReading(instanceId: string): boolean;
  kept(alert: Alert, deed: Deed): void;
  /** Something was asked for: other processes are told. */
  asked(): void;
  readonly clock: Clock;
  readonly log: Log;
}

/** So long the answer waits for the other process: it is told at once, and needs one transaction. */
const DONE_WITHIN_MS = 2_000;
const LOOK_MS = 50;
const RETRY_MS = 2_000;
/** Nobody took it up for so long: nobody has its alert any more. */
const EXPIRES_AFTER_MS = 24 * 3_600_000;

const DEED_OF: Readonly<Record<Exclude<Order["kind"], "resolve">, Deed>> = {
  acknowledge: "acknowledged",
  unacknowledge: "unacknowledged",
  snooze: "snoozed",
  note: "noted",
};

export function createDeeds(parts: DeedsParts): Deeds {
  const { connection, records, engine, clock } = parts;
  const table = createAskedDeeds(connection);
  const trouble = createTrouble(parts.log, {
    failing: "what was done with alerts elsewhere cannot be read; it is tried again",
    over: "what was done with alerts elsewhere can be read again",
  });
  /** Done here, as long as they are still in the database. */
  const taken = new Set<string>();
  let retry: (() => void) | undefined;
  let closed = false;

  async function keep(alert: Alert, deed: Deed, said: Said, more: readonly Write[] = []): Promise<void> {
    const { by, ...words } = said;
    const { id: alertId, ruleId, instanceId, severity, value, limit } = alert;
    const about = { alertId, ruleId, instanceId, severity, value, limit };
    const details = { ...detailsOf(alert), ...words };
    await records.keep(alert, { ...about, at: clock.now(), event: deed, actor: by, details }, more);
    parts.kept(alert, deed);
  }

  /** Undefined when it is not open here. */
  function perform(id: string, order: Order, more: readonly Write[] = []) {
    const now = clock.now();
    if (order.kind === "resolve") {
      const ended = engine.resolve(id, now);
      return ended && { alert: ended.alert, written: parts.record([{ ...ended, actor: order.by }], more) };
    }
    const alert = engine.change(id, (one) => changeBy(one, order, now));
    return alert && { alert, written: keep(alert, DEED_OF[order.kind], saidBy(order), more) };
  }

  async function ask(id: string, order: Order): Promise<Alert> {
    const alert = await records.find(id);
    if (!alert) throw alertIsOver();
    const { instanceId } = alert;
    if (parts.holds(instanceId) && !parts.isReading(instanceId)) throw alertIsOver();
    const asked: Asked = { id: createId(), alertId: id, instanceId, at: clock.now(), order };
    await table.add(asked);
    parts.asked();
    for (const until = clock.now() + DONE_WITHIN_MS; clock.now() < until; ) {
      await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve));
      if (await table.isThere(asked.id)) continue;
      const done = order.kind === "resolve" ? alert : await records.find(id);
      if (!done) throw alertIsOver();
      return done;
    }
    // Whoever has it from now on does it.
    return changeBy(alert, order, clock.now());
  }

  function takeUpOne({ id, alertId, instanceId, at, order }: Asked): Promise<unknown> | undefined {
    const isExpired = clock.now() - at > EXPIRES_AFTER_MS;
    if (taken.has(id) || (!isExpired && (!parts.holds(instanceId) || parts.isReading(instanceId)))) return undefined;
    taken.add(id);
    const remove = table.remove(id);
    const done = perform(alertId, order, [remove]);
    if (done) return done.written;
    // It was over before anybody could do it: nothing is left to be done.
    return connection.db.transaction(remove).catch((error: unknown) => {
      taken.delete(id);
      throw error;
    });
  }

  async function takeUp(): Promise<void> {
    retry?.();
    retry = undefined;
    try {
      const asked = await table.list();
      const ids = new Set(asked.map(({ id }) => id));
      for (const id of taken) if (!ids.has(id)) taken.delete(id);
      for (const one of asked) await takeUpOne(one);
      trouble.worked();
    } catch (error) {
      trouble.failed(error);
      if (!closed) retry ??= clock.after(RETRY_MS, () => void takeUp());
    }
  }

  return {
    async act(id, order) {
      const mine = engine.open().find((one) => one.id === id);
      // One that another process collects by now would not hear of it.
      const done = mine && parts.holds(mine.instanceId) ? perform(id, order) : undefined;
      if (!done) return ask(id, order);
      await done.written;
      return done.alert;
    },
    lapse: (alert) => keep(alert, "lapsed", { by: null }),
    takeUp,
    async foresee(alerts) {
      if (alerts.length === 0) return alerts;
      const known = new Map(alerts.map((alert) => [alert.id, alert]));
      for (const { alertId, order } of await table.list()) {
        const alert = known.get(alertId);
        if (alert && order.kind === "resolve") known.delete(alertId);
        else if (alert) known.set(alertId, changeBy(alert, order, clock.now()));
      }
      return [...known.values()];
    },
    close() {
      closed = true;
      retry?.();
    },
  };
}

/** Also of one that somebody may not see: nobody can tell the two apart. */
export const alertIsOver = () => new UnityError("not_found", "This alert is over.");

type Said = { readonly by: string | null; readonly note?: string; readonly until?: string | number };

function saidBy(order: Exclude<Order, { kind: "resolve" }>): Said {
  const { kind: _, ...said } = order;
  if (!("until" in said)) return said;
  const { until, ...others } = said;
  return until === null ? others : { ...others, until };
}

function changeBy(alert: Alert, order: Order, at: number): Alert {
  switch (order.kind) {
    case "acknowledge": {
      const { by, note, until } = order;
      return { ...alert, acknowledged: { by, at, note, until, value: alert.value } };
    }
    case "unacknowledge":
      return { ...alert, acknowledged: null };
    case "snooze":
      return { ...alert, snoozedUntil: order.until };
    case "note":
    case "resolve":
      return alert;
    default:
      return order satisfies never;
  }
}
