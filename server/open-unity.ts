import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { createBackups } from "./backup/backups";
import { upgradingOf } from "./backup/keep-former";
import { systemClock } from "./clock";
import type { SharedCluster } from "./cluster/cluster";
import { createMember } from "./cluster/member";
import { openCluster } from "./cluster/open-cluster";
import { createDoors } from "./collect/doors/doors";
import { createGuard } from "./collect/doors/guard";
import { addHostPlugins } from "./collect/first-run";
import { loadRegistry } from "./collect/registry";
import type { Connection } from "./db/database";
import { makeFolder } from "./db/make-folder";
import type { Env } from "./env";
import type { Log } from "./log";
import { warnOfUnfinished } from "./move/warn-unfinished";
import { nameSeries } from "./name-series";
import { type Access, flushMsOf, openStores, type Stores } from "./open-stores";
import { folders } from "./places";
import { encryptPlain } from "./stored-secrets";
import { createUnity, type Unity } from "./unity";
import { openVault } from "./vault/open-vault";
import { createSecretReader, type Secrets } from "./vault/secret-reader";

/** When a new process takes the place of an old one; or the machine of an old one is gone, and its server notices. */
const OTHER_ENDS_WITHIN_MS = 10_000;
/** When a machine starts as a whole, or a compose file: a database that has much to recover takes so long. */
const SERVER_COMES_WITHIN_MS = 60_000;

/** Opens everything that Unity works with, and wires it. @throws Error that says what is wrong, where and what to do */
export async function openUnity(env: Env, log: Log): Promise<Unity> {
  await makeFolder(env.dataFolder);
  const localHost = env.hostname ?? (await readHostname(env.hostFolders.rootPrefix)) ?? hostname();
  let opened: Unity | undefined;
  const metrics = env.metrics && {
    place: env.metrics,
    nameSeries: (ids: readonly number[]) => opened && nameSeries(opened, ids),
  };
  const [{ stores, cluster }, registry] = await Promise.all([
    openPlaces(env, { log, metrics, localHost }),
    loadRegistry(folders.plugins, log),
  ]);
  const { connection, store, timescale } = stores;
  await warnOfUnfinished(connection, log);
  const secrets = await openSecrets(connection, env, log).catch(async (error: unknown) => {
    await store.close();
    await stores.close();
    throw error;
  });
  if (cluster?.leads() ?? true) await encryptPlain(connection, { vault: secrets, plugin: registry.get, log });
  const guard = createGuard({ allowed: env.allowedAddresses });
  const privateFiles = { files: keyFilesOf(env), folder: env.secretsFolder };
  const unity = await createUnity({
    connection,
    store,
    registry,
    openDoors: (options) => createDoors({ ...options, guard, privateFiles }),
    guard,
    secrets,
    clock: systemClock,
    log,
    localHost,
    database: env.database.shown,
    timescale,
    samplesShown: env.metrics?.shown,
    scriptsFolder: join(env.dataFolder, "scripts"),
    cluster,
    accounts: env.accounts,
    assistantsMayAct: env.assistantsMayAct,
    provision: env.provision,
    flushMs: flushMsOf(env.database),
  });
  opened = unity;
  if (unity.cluster.leads()) {
    const parts = { plugins: registry.all(), instances: unity.instances, localHost, hostFolders: env.hostFolders };
    const added = await addHostPlugins(connection, parts);
    if (added.length > 0) log.info({ plugins: added }, "watching this machine");
  }
  const installation = { database: env.database, metrics: env.metrics, keys: env.keys, plugin: registry.get };
  return {
    ...unity,
    backups: createBackups({ installation, store, log }),
    start() {
      unity.start();
      void cluster?.join(createMember(unity));
      void unity.discovery.begin();
    },
    async stop(graceMs) {
      try {
        await unity.stop(graceMs);
      } finally {
        // What it could not write is in a file; others need not wait for its leases.
        await cluster?.leave();
        await stores.close();
      }
    },
  };
}

/** A container has a name of its own, another one each time it is made. */
async function readHostname(root: string | undefined): Promise<string | undefined> {
  if (root === undefined) return undefined;
  const text = await readFile(join(root, "etc/hostname"), "utf8").catch(() => "");
  return /^[^\s#]{1,191}/m.exec(text)?.[0];
}

/** @throws Error when the secrets in the database are encrypted under another key */
async function openSecrets(connection: Connection, env: Env, log: Log): Promise<Secrets> {
  const vault = await openVault(connection, env.keys, { shown: env.database.shown, log });
  const parts = { vault, env: process.env, folder: env.secretsFolder, keyFiles: keyFilesOf(env) };
  return { ...vault, ...createSecretReader(parts) };
}

/** Also of the one before, which opens older copies of the database. */
const keyFilesOf = ({ keys: { file, ownFile } }: Env) => [...(file ? [file] : []), ownFile, `${ownFile}.former`];

interface Opening extends Pick<Access, "metrics"> {
  readonly log: Log;
  readonly localHost: string;
}

/** On PostgreSQL beside other processes; elsewhere this one has the database alone. */
async function openPlaces(
  env: Env,
  { log, metrics, localHost }: Opening,
): Promise<{ stores: Stores; cluster?: SharedCluster }> {
  const access = {
    ...{ log, metrics, serverMs: SERVER_COMES_WITHIN_MS, spoolFolder: env.dataFolder, samples: env.samples },
    upgrading: upgradingOf(env, log),
  };
  if (env.database.kind === "postgres")
    return openCluster(env.database, { ...access, localHost, redisUrl: env.redisUrl });
  // Two that write would spoil each other's samples: the one that lost the database ends, without another word to it.
  const taken = () => {
    log.fatal({ database: env.database.shown }, "another Unity took the database while the connection to it was lost");
    process.exit(1);
  };
  return { stores: await openStores(env.database, { ...access, taken, waitMs: OTHER_ENDS_WITHIN_MS }) };
}
