import { v7 as createId } from "uuid";
import type { ServerPlace } from "../db/database-place";
import { type Ears, openPostgresWire, type Wire } from "../db/postgres-notify";
import { recoverSpools } from "../metrics/chunks/recover-spools";
import { openDatabaseName } from "../metrics/victoriametrics/open-database-name";
import { openSharedStores, type SharedAccess, type SharedStores } from "../open-shared-stores";
import { createTrouble } from "../trouble";
import { createCluster, type SharedCluster } from "./cluster";

const RECOVER_EVERY_MS = 60_000;

interface ClusterAccess extends Omit<SharedAccess, "id" | "others"> {
  readonly localHost: string;
  readonly redisUrl: string | undefined;
}

/** The database with other processes on it, and this one's place among them. @throws as `openSharedStores` */
export async function openCluster(
  place: ServerPlace,
  { localHost, redisUrl, ...access }: ClusterAccess,
): Promise<{ stores: SharedStores; cluster: SharedCluster }> {
  const me = { id: createId(), host: localHost };
  let opened: SharedCluster | undefined;
  const others = () => (opened?.processes().length ?? 1) > 1;
  const stores = await openSharedStores(place, { ...access, id: me.id, others });
  const name = await openDatabaseName(stores.connection);
  const openRedis = redisUrl === undefined ? undefined : await loadRedisWire(redisUrl, `unity:news:${name}`);
  const cluster = createCluster(stores.connection, {
    me,
    leads: stores.leads,
    openWires: (ears) => [...(openRedis ? [openRedis(ears)] : []), openPostgresWire(place, ears)],
    log: access.log,
  });
  opened = cluster;
  return { stores, cluster: recovering(cluster, stores, access) };
}

/** Only who has a Redis pays for its client. */
async function loadRedisWire(url: string, channel: string): Promise<(ears: Ears) => Wire> {
  const { openRedisWire } = await import("../db/redis-wire");
  return (ears) => openRedisWire(url, channel, ears);
}

/** Now and then it writes what processes left in the same folder that are gone. */
function recovering(
  cluster: SharedCluster,
  { store, usesSpool }: Pick<SharedStores, "store" | "usesSpool">,
  { spoolFolder, log }: Pick<SharedAccess, "spoolFolder" | "log">,
): SharedCluster {
  let running: Promise<void> | undefined;
  const trouble = createTrouble(log, {
    failing: "samples that an ended Unity could not write are still waiting in a file; it is tried again every minute",
    over: "no samples of an ended Unity are waiting any more",
  });

  async function recover(): Promise<void> {
    // While the database was away, nobody could say that he lives.
    if (spoolFolder === undefined || cluster.steadyMs() < RECOVER_EVERY_MS / 2) return;
    const live = new Set(cluster.processes().map(({ id }) => id));
    const inUse = (name: string, id: string | undefined) =>
      id === cluster.id ? usesSpool(name) : id !== undefined && live.has(id);
    try {
      const samples = await recoverSpools(spoolFolder, { store, inUse });
      if (samples > 0) log.info({ samples }, "samples that an ended Unity could not write are written");
      trouble.worked();
    } catch (error) {
      trouble.failed(error, { folder: spoolFolder });
    }
  }
  const timer = setInterval(() => {
    running ??= recover().finally(() => {
      running = undefined;
    });
  }, RECOVER_EVERY_MS);
  timer.unref();

  return {
    ...cluster,
    async leave() {
      clearInterval(timer);
      await running;
      await cluster.leave();
    },
  };
}
