import type { Plugin } from "../plugins/sdk/plugin";
import { absenceOf, alertFacts, downFrom, metricFacts } from "./alert-facts";
import { type Alerts, openAlerts } from "./alerts/alerts";
import { createBacktest, type RunBacktest } from "./alerts/backtest/backtest";
import { type Muting, openMuting } from "./alerts/muted";
import type { Notifier } from "./alerts/notify/notifier";
import type { Channels } from "./alerts/open-channels";
import type { Watched } from "./alerts/watched";
import { type Assist, createAssist } from "./assist/assist";
import { type Accounts, NO_ACCOUNT_SETTINGS, openAccounts } from "./auth/accounts";
import { type AuditLog, openAuditLog } from "./auth/audit-log";
import type { Backups } from "./backup/backups";
import type { Clock } from "./clock";
import { ALONE, type Cluster } from "./cluster/cluster";
import { createDiscovery, type Discovery } from "./collect/discovery/discovery";
import type { Instance } from "./collect/instance";
import { type Instances, type Origin, openInstances } from "./collect/instances";
import { type Ledger, openLedger } from "./collect/ledger";
import { createPipeline } from "./collect/pipeline";
import type { Receiver } from "./collect/receive";
import type { Registry } from "./collect/registry";
import { createRunner, type Runner } from "./collect/run";
import { createRunTally, type RunTally } from "./collect/run-tally";
import { createScheduler, type Scheduler } from "./collect/scheduler";
import type { Status } from "./collect/status";
import { createDatabaseFacts, type DatabaseFacts } from "./database-facts";
import { createDescribe, type Describe } from "./describe/describe";
import { isCollecting } from "./is-collecting";
import type { Log } from "./log";
import { type Bus, createBus } from "./metrics/bus";
import { forgetSamples } from "./metrics/forget-samples";
import { createRateBook, type RateBook } from "./metrics/rates";
import { openSeriesIndex, type SeriesIndex } from "./metrics/series";
import type { MetricStore } from "./metrics/store";
import { type OpenedConfiguration, openConfiguration } from "./open-configuration";
import { openNotifying } from "./open-notifying";
import { openReceiver } from "./open-receiver";
import { createKeeper, type Keeper } from "./retention/keeper";
import { openRetention, type RetentionBook } from "./retention/open-retention";
import { createSights, type SeenBy } from "./sight/sights";
import type { UnityParts } from "./unity-parts";
import { createPauseWatch } from "./watch-pauses";

/** Unity's parts, wired. What procedures and pages are handed. */
export interface Unity extends OpenedConfiguration {
  readonly registry: Registry;
  readonly instances: Instances;
  readonly ledger: Ledger;
  readonly runner: Runner;
  /** Takes what is pushed. */
  readonly receiver: Receiver;
  /** Of this process. */
  readonly tally: RunTally;
  /** The raw side of counters that this process collects. */
  readonly rates: Pick<RateBook, "total">;
  readonly scheduler: Scheduler;
  readonly series: SeriesIndex;
  readonly store: MetricStore;
  readonly retention: RetentionBook;
  readonly keeper: Keeper;
  readonly bus: Bus<Status>;
  readonly clock: Clock;
  readonly log: Log;
  /** The machine Unity runs on. */
  readonly localHost: string;
  readonly databaseFacts: DatabaseFacts;
  readonly startedAt: number;
  readonly describe: Describe;
  readonly assist: Assist;
  readonly cluster: Cluster;
  readonly discovery: Discovery;
  readonly alerts: Alerts;
  readonly notifier: Notifier;
  readonly backtest: RunBacktest;
  readonly muting: Muting;
  readonly channels: Channels;
  readonly accounts: Accounts;
  readonly audit: AuditLog;
  readonly backups?: Backups;
  /** What procedures are handed that answer for some tags, too. */
  readonly seenBy: SeenBy;
  /** Schedules every instance that this process collects. */
  start(): void;
  /** Starts or stops collecting these: another process did before, or does from now on. */
  take(instanceIds: readonly string[]): void;
  letGo(instanceIds: readonly string[]): void;
  /** Collects now, outside the cadence, wherever it is collected. False when it is paused. */
  runNow(instance: Instance): boolean;
  /** Drains what runs, then makes everything durable. @param graceMs for runs that are open */
  stop(graceMs: number): Promise<void>;
}

/** Wires the parts. Opens nothing itself: tests hand in their own database, doors and clock. */
export async function createUnity(parts: UnityParts): Promise<Unity> {
  const { connection, store, registry, openDoors, secrets, clock, log, localHost, cluster = ALONE } = parts;
  const plugin = (id: string): Plugin | undefined => registry.get(id);
  const bus = createBus<Status>();
  const audit = openAuditLog(connection, { clock, log });
  const series = await openSeriesIndex(connection);
  const ledger = await openLedger(connection, { clock, log, flushMs: parts.flushMs });
  const received: Receiver["received"] = (id, of) => receiver.received(id, of);
  const runner = createRunner({ plugin, openDoors, secrets, received, clock, log });
  const published: Bus<Status>["publish"] = (message) => {
    bus.publish(message);
    cluster.tell({ kind: "published", ...message });
  };
  const rates = createRateBook();
  const tally = createRunTally();
  const facts = (instance: Watched, metric: string) =>
    metricFacts(plugin(instance.plugin), metric, instance.intervalSeconds, () => series.ofInstance(instance.id));
  const alerts = await openAlerts({
    connection,
    store,
    plugin,
    facts,
    series: series.get,
    ofInstance: series.ofInstance,
    hasOthers: () => cluster.processes().length > 1,
    holds: (id) => cluster.holds(id),
    lastRunAt: (id) => ledger.status(id).lastRunAt,
    rulesChanged: (origin) => told("rules", origin),
    changed: (transitions) => {
      muting.forget();
      told("alerts", "here");
      return notifier.changed(transitions);
    },
    kept: (alert, deed) => {
      told("alerts", "here");
      notifier.kept(alert, deed);
    },
    leads: () => cluster.leads(),
    absent: (id) => absenceOf(instances.get(id), { plugin, isAlone: cluster.processes().length <= 1 }),
    asked: () => cluster.tell({ kind: "deeds" }),
    clock,
    log,
  });
  const { channels, notifier } = await openNotifying({
    connection,
    secrets,
    alerts,
    cluster,
    localHost,
    scriptsFolder: parts.scriptsFolder,
    guard: parts.guard,
    channelsChanged: (origin) => told("rules", origin),
    factsOf({ instanceId, metric }) {
      const instance = instances.get(instanceId);
      return alertFacts(instance, plugin(instance?.plugin ?? ""), metric);
    },
    mutedBy: (alert, now) => muting.mutedBy(alert, now),
    mutedAmong: (open, now) => muting.mutedAmong(open, now),
    collects: () => isCollecting({ instances, cluster, ledger, scheduler, clock }),
    clock,
    log,
  });
  const accounts = await openAccounts({
    connection,
    secrets,
    settings: parts.accounts ?? NO_ACCOUNT_SETTINGS,
    audit,
    clock,
    log,
    tell: () => cluster.tell({ kind: "accounts" }),
  });
  const bearers = { runner, rates, series, store, ledger, tally, alerts, bus: { publish: published }, clock, log };
  const pipeline = createPipeline(bearers);
  const scheduler = createScheduler({
    clock,
    log,
    // Another process may have it meanwhile: one that was stopped for a while does not know yet.
    collect: async (instance, at, stop) =>
      !cluster.holds(instance.id) || isPaused(instance.id) || pipeline.collectOnce(instance, at, stop),
  });
  const instances = await openInstances(connection, { plugin, localHost, secrets, clock, changed });
  const muting = await openMuting({
    connection,
    places: (collected) => instances.list().filter(({ enabled }) => enabled || !collected),
    place: (id) => instances.get(id),
    lastRuns(id) {
      const { lastSuccessAt, reason } = ledger.status(id);
      return { successAt: lastSuccessAt, reason };
    },
    downFrom: ({ instanceId, ruleId }) => downFrom(instances.get(instanceId), ruleId, { plugin, series, store, clock }),
    open: alerts.open,
    localHost,
    changed: (origin) => {
      told("silences", origin);
      // Instances say that they are in maintenance.
      bus.announceChange();
    },
    clock,
    log,
  });
  const isPaused = createPauseWatch({ muting, bus, cluster, clock });
  const retention = await openRetention(connection, log);
  const keeper = createKeeper({ store, series, instances, retention, clock, log });
  const { timescale = null, samplesShown = null } = parts;
  const databaseFacts = createDatabaseFacts(connection, { shown: parts.database, timescale, samplesShown });
  const receiver = openReceiver({ ...bearers, registry, instances, retention, cluster, scheduler });

  /** Everybody who looks at alerts reads them anew, here and at the other processes. */
  function told(kind: "rules" | "alerts" | "silences", origin: Origin): void {
    bus.announceAlerts();
    if (origin === "here") cluster.tell({ kind });
  }

  function schedule(instance: Instance): void {
    const definition = plugin(instance.plugin);
    if (definition && cluster.holds(instance.id)) scheduler.set(instance, definition.kind);
  }

  function changed(instance: Instance, kind: "added" | "changed" | "removed", origin: Origin): void {
    if (kind === "removed") {
      scheduler.remove(instance.id);
      pipeline.forget(instance.id);
      receiver.forget(instance.id);
      void forgetSamples(instance, { series, store, log });
    } else schedule(instance);
    if (kind === "removed" || !instance.enabled) alerts.unwatch(instance.id);
    bus.announceChange();
    if (origin === "here") cluster.tell({ kind: "instances" });
  }

  await alerts.take(instances.list().flatMap(({ id, enabled }) => (enabled && cluster.holds(id) ? [id] : [])));

  const known = {
    ...bearers,
    registry,
    instances,
    scheduler,
    receiver,
    retention,
    keeper,
    bus,
    localHost,
    databaseFacts,
    startedAt: clock.now(),
    cluster,
    notifier,
    ...openConfiguration({ ...parts, alerts, instances, channels, muting, notifier, retention, cluster, audit }),
    backtest: createBacktest({
      ...{ store, facts, now: clock.now },
      ...{ instances: instances.list, ofInstance: series.ofInstance, overrides: alerts.book.overrides },
    }),
    muting,
    channels,
    accounts,
    audit,
    discovery: createDiscovery({ connection, registry, instances, openDoors, clock, log, localHost }),
  };
  const unity: Omit<Unity, "seenBy"> = {
    ...known,
    describe: createDescribe(known),
    assist: createAssist(known, parts.assistantsMayAct),
    start() {
      for (const instance of instances.list()) schedule(instance);
      alerts.start();
      notifier.start();
      known.provisioner.begin();
      const failed = (error: unknown) => log.warn({ err: error }, "the past day's runs could not be read");
      ledger.loadStrips(instances.list().map(({ id }) => id)).catch(failed);
    },
    take(instanceIds) {
      // What stood on them is restored at the side: a database that says nothing must not keep them from being watched.
      void alerts.take(instanceIds);
      for (const instance of instanceIds.flatMap((id) => instances.get(id) ?? [])) schedule(instance);
    },
    letGo(instanceIds) {
      for (const id of instanceIds) {
        scheduler.remove(id);
        // Whoever collects it from now on counts from its own first reading; so does this process when it comes back.
        rates.forget(id);
        runner.forget(id);
        alerts.letGo(id);
      }
    },
    runNow(instance) {
      if (cluster.holds(instance.id)) return scheduler.runNow(instance.id);
      cluster.tell({ kind: "run", instanceId: instance.id });
      return instance.enabled;
    },
    async stop(graceMs) {
      known.provisioner.stop();
      await scheduler.stop(graceMs);
      // Neither waits for the other: a database that says nothing to one must not keep the other's samples off the disk.
      const closing = [ledger, alerts, store, accounts, audit].map((one) => one.close());
      const ends = await Promise.allSettled([...closing, notifier.stop(TELL_MS)]);
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
  };
  return Object.assign(unity, { seenBy: createSights(unity) });
}

/** So long a message that is being sent has at the end; it is sent again by the next process. */
const TELL_MS = 1_000;
