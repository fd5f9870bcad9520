import type { Received } from "../../plugins/sdk/context";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Clock } from "../clock";
import { reasonOf, UnityError } from "../errors";
import type { Bus } from "../metrics/bus";
import type { RateBook } from "../metrics/rates";
import type { SeriesIndex } from "../metrics/series";
import { type MetricStore, StoreUnavailable } from "../metrics/store";
import type { Push } from "../push/pushed";
import type { Instance } from "./instance";
import type { Ledger } from "./ledger";
import type { Evaluator } from "./pipeline";
import { type Arrival, createReceipts, type Receipt } from "./receipts";
import { createBucketBook } from "./received-buckets";
import { createNaming, type Named } from "./received-series";
import type { Sender, Senders } from "./senders";
import type { Status } from "./status";
import { type Columns, createTally, listNames, toColumns, validatePush } from "./take-push";

/** New series of a push are stored before it is answered; a database that is silent is no reason to keep a sender waiting. */
const LOOK_UP_MS = 5_000;
/** A clock that is more than that ahead is wrong. */
const MOST_AHEAD_MS = 600_000;
/** Alerts look at what is: samples that waited longer at the sender are history. */
const NEWS_MS = 300_000;
/** Instants of one push that live pages are told of; older ones are on the chart when it is read. */
const MOST_INSTANTS = 20;

interface ReceiverParts {
  readonly plugin: (id: string) => Plugin | undefined;
  readonly senders: Senders;
  readonly rates: Pick<RateBook, "stage">;
  readonly series: SeriesIndex;
  readonly store: MetricStore;
  readonly ledger: Pick<Ledger, "status">;
  readonly alerts: Evaluator;
  readonly bus: Pick<Bus<Status>, "publish">;
  /** So old a sample may be. */
  readonly rawMs: (plugin: string) => number;
  /** Whether this process looks after an instance: it alone judges its rules. */
  readonly holds: (instanceId: string) => boolean;
  /** Runs `collect`, which finds that something came. */
  readonly takeStock: (instance: Instance) => void;
  readonly clock: Clock;
}

export interface Receiver {
  /**
   * Validate, store, evaluate, publish: `collectOnce` of what is pushed. When it resolves, samples are as safe as collected ones are. What can
   * never be kept is counted in the receipt; when all could be kept later, nothing of the push is, and it throws.
   * @throws UnityError `unavailable`: the same push may come again; `forbidden`, `too_many`
   */
  receive(
    sender: Sender,
    push: Push,
    arrival: Arrival,
  ): Promise<Receipt & { readonly instance: Instance; readonly isNew: boolean }>;
  /** What `collect` of a plugin that is told is handed. */
  received(instanceId: string, plugin: Plugin): Received;
  /** Another process took a push, of these series, and this one looks after the instance. */
  heard(instance: Instance, series: readonly number[]): void;
  forget(instanceId: string): void;
}

export function createReceiver(parts: ReceiverParts): Receiver {
  const { series, store, clock } = parts;
  const naming = createNaming();
  const buckets = createBucketBook();
  const receipts = createReceipts();
  const evaluatedAt = new Map<string, number>();

  /** Validate, store, evaluate, publish. Up to the store nothing is remembered, so that a push that is refused may come again as it was. */
  async function receiveOnce(instance: Instance, plugin: Plugin, push: Push): Promise<Receipt> {
    const now = clock.now();
    const tally = createTally(push);
    const { maxSeries, name } = naming.of(instance, plugin);
    const bounds = { from: now - parts.rawMs(plugin.id), to: now + MOST_AHEAD_MS };
    const validated = validatePush(push, name, bounds, tally);
    const ids = await identify(instance, listNames(validated), maxSeries);
    const stages = { ids, rates: parts.rates.stage(instance.id), buckets: buckets.stage(instance.id), tally };
    const columns = toColumns(validated, stages);
    storeSamples(columns);
    stages.rates.keep();
    stages.buckets.keep();
    if (parts.holds(instance.id)) evaluate(instance, columns.series);
    publish(instance, columns);
    return tally.receipt();
  }

  /** Ids by key; undefined where the instance is full. @throws UnityError `unavailable` when new ones cannot be stored */
  async function identify(instance: Instance, names: readonly Named[], most: number) {
    let ids = series.known(instance.id, names);
    if (ids.includes(undefined) && series.countOf(instance.id) < most) {
      let forget = () => {};
      const tooLate = new Promise<never>((_, reject) => {
        forget = clock.after(LOOK_UP_MS, () => reject(new Error(`no answer within ${LOOK_UP_MS / 1_000} s`)));
      });
      try {
        ids = await Promise.race([series.identify(instance.id, names, clock.now(), most), tooLate]);
      } catch (cause) {
        throw new UnityError("unavailable", `New series cannot be stored now: ${reasonOf(cause)}`, { cause });
      } finally {
        forget();
      }
    }
    return new Map(names.map(({ key }, index) => [key, ids[index]]));
  }

  /** @throws UnityError `unavailable` when as much waits for the database as may */
  function storeSamples(columns: Columns): void {
    if (columns.series.length === 0) return;
    try {
      store.write(columns);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      throw new UnityError("unavailable", `Samples cannot be taken now: ${cause.message}`, { cause });
    }
  }

  /** Rules look at what is: of each series the newest value, unless it waited long at its sender. */
  function evaluate(instance: Instance, ids: readonly number[]): void {
    const now = clock.now();
    const news = store.latest([...new Set(ids)]).filter(({ at }) => now - at <= NEWS_MS);
    if (news.length === 0) return;
    // Two pushes in one millisecond are two.
    const at = Math.max(now, (evaluatedAt.get(instance.id) ?? 0) + 1);
    evaluatedAt.set(instance.id, at);
    parts.alerts.evaluate({
      ...{ instance, at, failed: false, consecutiveErrors: 0 },
      series: news.map((one) => one.series),
      values: news.map(({ value }) => value),
    });
  }

  function publish(instance: Instance, { series: ids, at, value }: Columns): void {
    const status = parts.ledger.status(instance.id);
    const instants = new Map<number, { series: number[]; values: number[] }>();
    for (const [index, id] of ids.entries()) {
      const instant = at[index] ?? 0;
      const one = instants.get(instant) ?? { series: [], values: [] };
      instants.set(instant, one);
      one.series.push(id);
      one.values.push(value[index] ?? 0);
    }
    const newest = [...instants].toSorted(([one], [other]) => one - other).slice(-MOST_INSTANTS);
    for (const [instant, columns] of newest)
      parts.bus.publish({ instanceId: instance.id, at: instant, ...columns, status, outcome: "ok" });
  }

  /** Whoever said that nothing comes hears at once that something did. Not oftener: a run is no part of a push. */
  function endSilence(instance: Instance): void {
    const { health, reason } = parts.ledger.status(instance.id);
    if (health === "unknown" || reason === "timeout") parts.takeStock(instance);
  }

  /** Of what was pushed: not of the plugin itself, nor of the runner. */
  const foundOf = (instanceId: string, plugin: Plugin) =>
    series
      .ofInstance(instanceId)
      .filter(({ metric }) => !metric.startsWith("unity_") && !Object.hasOwn(plugin.metrics, metric));

  return {
    async receive(sender, push, arrival) {
      const { instance, isNew } = await parts.senders.find(sender);
      const plugin = parts.plugin(instance.plugin);
      if (!plugin) throw new UnityError("unavailable", "This Unity has no plugin for what is pushed.");
      const receipt = await receiveOnce(instance, plugin, push);
      receipts.note(instance.id, receipt, arrival, clock.now());
      endSilence(instance);
      return { ...receipt, instance, isNew };
    },
    received(instanceId, plugin) {
      const came = receipts.of(instanceId);
      const found = foundOf(instanceId, plugin);
      if (came.lastAt !== null) return { ...came, series: found.length };
      // Before this process there was another one: its samples say when something came.
      const lastAt = store.latest(found.map(({ id }) => id)).reduce((last, { at }) => Math.max(last, at), 0);
      return { ...came, lastAt: lastAt === 0 ? null : Math.min(lastAt, clock.now()), series: found.length };
    },
    heard(instance, ids) {
      receipts.heard(instance.id, clock.now(), ids.length);
      evaluate(instance, ids);
      endSilence(instance);
    },
    forget(instanceId) {
      naming.forget(instanceId);
      buckets.forget(instanceId);
      receipts.forget(instanceId);
      evaluatedAt.delete(instanceId);
    },
  };
}
