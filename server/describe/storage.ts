import type { z } from "zod";
import { messageOf } from "../errors";
import { type StoragePlan as Plan, planStorage } from "../retention/plan-storage";
import type { RetentionSettings } from "../retention/settings";
import type { Storage, StoragePlan, StoreHealth } from "../trpc/storage-outputs";
import type { Unity } from "../unity";

type Parts = Pick<Unity, "registry" | "store" | "keeper" | "retention" | "databaseFacts" | "clock" | "cluster">;
type View = z.output<typeof Storage>;

/** Whether samples become durable. From memory: every page asks. */
export function describeHealth({ store, clock }: Pick<Parts, "store" | "clock">): z.output<typeof StoreHealth> {
  const { pending = 0, spooled = 0, mostPending = 0, failing = null } = store.health?.() ?? {};
  return { at: clock.now(), pending, spooled, mostPending, failing };
}

/** Where the data lies, how much there is, and what is kept. Also while the database is away: then it says so. */
export async function describeStorage(parts: Parts): Promise<View> {
  const { databaseFacts, retention, clock, cluster } = parts;
  const { version, shown, timescale, samplesShown } = databaseFacts;
  return {
    at: clock.now(),
    database: { version, shown, timescale, samplesShown },
    processes: cluster.processes().map(({ id, host }) => ({ host, isThis: id === cluster.id })),
    health: describeHealth(parts),
    retention: { ...retention.get() },
    stored: await describeStored(parts).catch(
      (error: unknown) => ({ answers: false, message: messageOf(error) }) as const,
    ),
  };
}

/** What these settings would come to. @throws StoreUnavailable */
export async function describePlan(
  { keeper }: Pick<Parts, "keeper">,
  settings: RetentionSettings,
): Promise<z.output<typeof StoragePlan>> {
  return writable(planStorage((await keeper.measure()).load, settings, settings.budgetBytes));
}

async function describeStored({ registry, keeper, retention, databaseFacts }: Parts): Promise<View["stored"]> {
  const [{ stats, load }, others] = await Promise.all([keeper.measure(), databaseFacts.tables()]);
  const settings = retention.get();
  const samples = new Map(
    (stats.tables ?? [{ name: "plugin_metrics", bytes: stats.bytes }]).map((one) => [one.name, one]),
  );
  const tables = [
    ...[...samples.values()].map((table) => ({ ...table, samples: true })),
    ...others.filter(({ name }) => !samples.has(name)).map((table) => ({ ...table, samples: false })),
  ];
  return {
    answers: true,
    engine: stats.engine,
    samples: stats.samples,
    bytes: stats.bytes,
    oldestAt: stats.oldestAt,
    serverKeeps: stats.serverKeeps ?? null,
    lastFlushMs: stats.lastFlushMs,
    flushes: stats.flushes ?? null,
    queries: stats.queries ?? null,
    samplesPerDay: load.plugins.reduce((sum, { samplesPerDay }) => sum + samplesPerDay, 0),
    tables: tables.sort((a, b) => b.bytes - a.bytes),
    plugins: load.plugins
      .map((one) => ({ ...one, name: registry.get(one.plugin)?.name ?? one.plugin }))
      .sort((a, b) => b.samplesPerDay * b.bytesPerSample - a.samplesPerDay * a.bytesPerSample),
    plan: writable(planStorage(load, settings, settings.budgetBytes)),
  };
}

const writable = ({ asSet, kept, cost, ...rest }: Plan) => ({
  ...rest,
  kept: { ...kept, plugins: { ...kept.plugins } },
  asSet: { ...asSet, plugins: asSet.plugins.map((one) => ({ ...one })) },
  cost: { ...cost, plugins: cost.plugins.map((one) => ({ ...one })) },
});
