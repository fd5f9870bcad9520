import { Stop } from "../tasks/progress.mjs";
import { mariadb } from "./mariadb.mjs";
import { postgres } from "./postgres.mjs";
import { prometheus } from "./prometheus.mjs";
import { redis } from "./redis.mjs";
import { timescale } from "./timescale.mjs";
import { victoriametrics } from "./victoriametrics.mjs";

/** By the name in `TEST_<NAME>_URL`. */
export const STORES = { postgres, mysql: mariadb, redis, victoriametrics, timescale, prometheus };
/** Enough for tests. */
const MEMORY_MB = 64;

/**
 * Starts a server of this machine on a free port of 127.0.0.1, in a temporary folder, as an unprivileged user.
 * @param options.durable false (default) for tests: a crash of the machine may lose what it acknowledged. true for benchmarks: as people run it
 * @param options.memoryMb for its cache
 * @param options.tls for PostgreSQL, MariaDB and Redis: its certificate and key, as PEM
 * @returns a RunningStore, see start-store.d.mts; when this process ends in any way, it is stopped, too
 * @throws Stop when it is not installed, or does not come up
 */
export async function startStore(name, { durable = false, memoryMb = MEMORY_MB, tls } = {}) {
  const store = STORES[name];
  if (!store.isInstalled()) throw new Stop(`${store.title} is not installed. ${howToInstall(store)}`);
  return store.start({ durable, memoryMb, tls });
}

const howToInstall = ({ debianPackage, howToInstall: how }) =>
  how ?? `On Debian and Ubuntu: sudo apt-get install --no-install-recommends ${debianPackage}`;
