import { v7 as createId } from "uuid";
import type { Labels, Plugin } from "../../plugins/sdk/plugin";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Log } from "../log";
import type { MetricStore } from "../metrics/store";
import { createTrouble } from "../trouble";
import { type AlertBook, type HistoryQuery, openAlertBook, type Write } from "./book";
import { createDeeds } from "./deeds";
import { FAILING_RULE, makeDefaultRules } from "./default-rules";
import { createEngine } from "./engine";
import { type Absence, createGhosts } from "./ghosts";
import { createLookback } from "./lookback";
import { applyOverrides, type Effective } from "./overrides";
import { type Preview, previewRule } from "./preview";
import { openRuleBook, type RuleBook } from "./rule-book";
import { isInScope } from "./scope";
import type { AckUntil, Alert, AlertEvent, Deed, Transition } from "./shapes/alert";
import type { Rule } from "./shapes/rule";
import type { MetricFacts, Seen, SeriesName, Watched } from "./watched";

/** Alerting as the rest of Unity sees it. */
export interface Alerts {
  readonly book: RuleBook;
  /** Feeds a run. Never throws, and waits for no database. */
  evaluate(seen: Seen): void;
  /** Every rule that looks at an instance, or at the item of it with these labels: its plugin's own, and people's whose scope it is in. */
  effective(instance: Watched, labels: Labels): readonly Effective[];
  /** What a rule would look at now, and whether it would hold there. @param errorsOf runs in a row that failed */
  preview(rule: Rule, instances: readonly Watched[], errorsOf: (instanceId: string) => number): Promise<Preview>;
  /** Pending and firing, of the instances that this process collects. */
  open(): readonly Alert[];
  /** Pending and firing, everywhere. */
  standing(): Promise<readonly Alert[]>;
  history(query: HistoryQuery): Promise<AlertEvent[]>;
  /** @throws UnityError `not_found` when it is over */
  acknowledge(id: string, ack: { by: string; note: string; until: AckUntil }): Promise<Alert>;
  unacknowledge(id: string, by: string): Promise<Alert>;
  /** @param until null ends it */
  snooze(id: string, snooze: { by: string; note: string; until: number | null }): Promise<Alert>;
  note(id: string, note: { by: string; note: string }): Promise<Alert>;
  resolve(id: string, by: string): Promise<void>;
  /** It is paused or gone. */
  unwatch(instanceId: string): void;
  /** Another process has it now. */
  letGo(instanceId: string): void;
  /** What stood on these when whoever had them before ended. Before their first run here. Never throws: it tries again later. */
  take(instanceIds: readonly string[]): Promise<void>;
  /** Does what was asked for in other processes. Never throws. */
  takeUp(): Promise<void>;
  /** Ends what an earlier process left behind, from now on. */
  start(): void;
  prune(before: number): Promise<void>;
  close(): Promise<void>;
}

export interface AlertsParts {
  readonly connection: Connection;
  readonly store: Pick<MetricStore, "export" | "range" | "latest">;
  plugin(id: string): Plugin | undefined;
  facts(instance: Watched, metric: string): MetricFacts | undefined;
  series(id: number): SeriesName | undefined;
  ofInstance(instanceId: string): readonly SeriesName[];
  /** Others collect instances as well: what stands on them is in the database. */
  hasOthers(): boolean;
  /** This process collects it. */
  holds(instanceId: string): boolean;
  /** When the instance last ran, here or elsewhere; null when it never did. */
  lastRunAt(instanceId: string): number | null;
  /** Rules or overrides are others. */
  rulesChanged(origin: "here" | "elsewhere"): void;
  /** Alerts changed: what must be written with it. Called before it is written. */
  changed(transitions: readonly Transition[]): readonly Write[];
  /** An open alert is another one without a change of state. */
  kept(alert: Alert, deed: Deed): void;
  /** Of several processes one ends what nobody has. */
  leads(): boolean;
  /** Why nobody collects an instance; null when somebody should. */
  absent(instanceId: string): Absence | null;
  /** Something was asked for that another process has to do. */
  asked(): void;
  readonly clock: Clock;
  readonly log: Log;
}

/** A database that does not say what stood must not keep an instance from being watched. */
const MOST_AWAITED = 5;
const RECALL_MS = 2_000;
const TEND_MS = 30_000;

export async function openAlerts(parts: AlertsParts): Promise<Alerts> {
  const { connection, store, clock, log } = parts;
  const records: AlertBook = openAlertBook(connection, { clock, log });
  const book = await openRuleBook(connection, {
    clock,
    log,
    changed: (origin) => {
      engine.reload();
      parts.rulesChanged(origin);
    },
  });
  const engine = createEngine({
    rules: rulesFor,
    overrides: book.overrides,
    facts: parts.facts,
    series: parts.series,
    ofInstance: parts.ofInstance,
    latest: (ids) => store.latest(ids),
    lookback: createLookback(store, log),
    lastRunAt: parts.lastRunAt,
    newId: createId,
    // Written as well, or a restart would bring it back.
    lapsed: (alert) => void deeds.lapse(alert),
    undismissed: ({ id }) => void records.drop(id),
  });

  function rulesFor(instance: Watched): readonly Rule[] {
    const plugin = parts.plugin(instance.plugin);
    const own = plugin ? makeDefaultRules(plugin, instance.config) : [];
    return [FAILING_RULE, ...own, ...book.rules().filter(({ scope }) => isInScope(scope, instance))];
  }

  function record(transitions: readonly Transition[], more: readonly Write[] = []): Promise<void> {
    if (transitions.length === 0) return Promise.resolve();
    return records.record(transitions, [...parts.changed(transitions), ...more]);
  }

  const trouble = createTrouble(log, {
    failing: "what fired before cannot be read; it is tried again, and fires anew meanwhile",
    over: "what fired before can be read again",
  });
  /** What stood on these is not read yet. */
  const unread = new Set<string>();
  const isReading = (instanceId: string) => unread.has(instanceId);
  const deeds = createDeeds({ ...parts, records, engine, record, isReading });
  const ghosts = createGhosts({ ...parts, records, record, open: engine.open });
  let closed = false;
  let again: (() => void) | undefined;
  let later: (() => void) | undefined;

  /** What could not be read is read later; what was found anew meanwhile stays. */
  async function recall(instanceIds: readonly string[]): Promise<void> {
    try {
      const stood = await records.kept(instanceIds);
      const alerts = stood
        .filter(({ instanceId }) => unread.has(instanceId))
        .map((alert) => restored(alert, parts.lastRunAt(alert.instanceId)));
      for (const id of instanceIds) unread.delete(id);
      void record(engine.restore(alerts, clock.now()));
      trouble.worked();
    } catch (error) {
      trouble.failed(error);
      recallLater();
      return;
    }
    await deeds.takeUp();
  }

  function recallLater(): void {
    if (closed) return;
    again ??= clock.after(RECALL_MS, () => {
      again = undefined;
      if (unread.size > 0) void recall([...unread]);
    });
  }

  /** With others, what one of them left behind when it died is looked for again and again; alone, nobody leaves anything later. */
  async function tend(): Promise<void> {
    if (closed) return;
    later = clock.after(TEND_MS, () => void tend());
    if (tended && !parts.hasOthers()) return;
    try {
      await ghosts.lay();
      tended = true;
    } catch (error) {
      log.debug({ err: error }, "alerts of removed instances could not be looked for");
    }
    await deeds.takeUp();
  }
  let tended = false;

  function evaluate(seen: Seen): void {
    try {
      void record(engine.evaluate(seen));
    } catch (error) {
      log.error({ err: error, instance: seen.instance.name }, "the rules of an instance could not be evaluated");
    }
  }

  /** Runs of instances whose alerts are still being read: what stood is neither told again nor forgotten. */
  const awaited = new Map<string, Seen[]>();
  function release(instanceId: string): void {
    const runs = awaited.get(instanceId) ?? [];
    awaited.delete(instanceId);
    for (const seen of runs) evaluate(seen);
  }

  return {
    book,
    preview: (rule, instances, errorsOf) =>
      previewRule(
        { ...parts, overrides: book.overrides(), errorsOf },
        rule,
        instances.filter((instance) => isInScope(rule.scope, instance)),
      ),
    effective: (instance, labels) =>
      rulesFor(instance).map((rule) => applyOverrides(rule, book.overrides(), instance, labels)),
    evaluate(seen) {
      const before = awaited.get(seen.instance.id);
      if (!before) return evaluate(seen);
      before.push(seen);
      if (before.length >= MOST_AWAITED) release(seen.instance.id);
    },
    open: engine.open,
    async standing() {
      const mine = engine.open();
      if (!parts.hasOthers()) return mine;
      const ids = new Set(mine.map(({ id }) => id));
      const stored = await records.standing();
      const isElsewhere = (instanceId: string) => !parts.holds(instanceId) || isReading(instanceId);
      const others = stored.filter(({ id, instanceId }) => !ids.has(id) && isElsewhere(instanceId));
      return [...mine, ...(await deeds.foresee(others))];
    },
    history: records.history,
    acknowledge: (id, ack) => deeds.act(id, { kind: "acknowledge", ...ack }),
    unacknowledge: (id, by) => deeds.act(id, { kind: "unacknowledge", by }),
    snooze: (id, snooze) => deeds.act(id, { kind: "snooze", ...snooze }),
    note: (id, note) => deeds.act(id, { kind: "note", ...note }),
    async resolve(id, by) {
      await deeds.act(id, { kind: "resolve", by });
    },
    takeUp: deeds.takeUp,
    unwatch(instanceId) {
      // What was never read is left behind, and ended as such.
      if (unread.delete(instanceId)) tended = false;
      void record(engine.unwatch(instanceId, clock.now()));
    },
    letGo(instanceId) {
      unread.delete(instanceId);
      engine.letGo(instanceId);
    },
    async take(instanceIds) {
      for (const id of instanceIds) {
        awaited.set(id, []);
        unread.add(id);
      }
      await recall(instanceIds);
      for (const id of instanceIds) release(id);
    },
    start() {
      void tend();
    },
    prune: records.prune,
    close() {
      closed = true;
      later?.();
      again?.();
      deeds.close();
      return records.flush();
    },
  };
}

/** It stood until the last run: what it waited by then counts. */
function restored(alert: Alert, lastRunAt: number | null): Alert {
  const { standing } = alert;
  if (standing.phase !== "pending" || lastRunAt === null || lastRunAt <= standing.at) return alert;
  return { ...alert, standing: { ...standing, at: lastRunAt, heldMs: standing.heldMs + (lastRunAt - standing.at) } };
}
