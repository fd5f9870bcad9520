import { join } from "node:path";
import type { Connection } from "./db/database";
import { type DatabaseLock, lockDatabase } from "./db/database-lock";
import { type DatabasePlace, placeOfFile } from "./db/database-place";
import { openDatabase, type Upgrading } from "./db/open";
import type { Migrated } from "./db/sqlite-protocol";
import { type Waiting, waitForServer } from "./db/wait-for-server";
import type { Log } from "./log";
import { carryOver } from "./metrics/chunks/carry-over";
import { openChunkStore } from "./metrics/chunks/chunk-store";
import { openSpool, type Spool } from "./metrics/chunks/spool";
import { FLUSH_MS, type MetricStore } from "./metrics/store";
import type { Timescale } from "./metrics/timescale/detect";
import { openPostgresSamples, readPostgresSamples } from "./metrics/timescale/open-samples";
import type { SeriesNames } from "./metrics/victoriametrics/labels";
import type { MetricsPlace } from "./metrics/victoriametrics/metrics-url";
import { openDatabaseName } from "./metrics/victoriametrics/open-database-name";
import { createStoredNames } from "./metrics/victoriametrics/stored-names";
import { openVictoriametricsStore } from "./metrics/victoriametrics/victoriametrics-store";
import { folders } from "./places";
import { readKept } from "./retention/read-kept";

/** A row a flush: five seconds write a fifth of what one second would, which memory cards live longer for. */
export const EMBEDDED_FLUSH_MS = 5_000;
/** How long samples, and what is known of runs, wait to be written. */
export const flushMsOf = ({ kind }: Pick<DatabasePlace, "kind">) => (kind === "sqlite" ? EMBEDDED_FLUSH_MS : FLUSH_MS);

const NAMES = { sqlite: "SQLite", mysql: "MariaDB/MySQL" };

export interface Stores {
  readonly connection: Connection;
  readonly store: MetricStore;
  /** What the server has of TimescaleDB; null where it was not looked for. */
  readonly timescale: Timescale | null;
  /** "ok", or what is wrong with the files of an embedded database. */
  integrityCheck(): Promise<string>;
  /** After the store was closed. */
  close(): Promise<void>;
}

/** On PostgreSQL: in TimescaleDB where that is possible, in chunks all the same, or where they are, for whoever only looks. */
type SamplesWanted = "auto" | "chunks" | "kept";

export interface Access {
  readonly log?: Log | undefined;
  /** For another process that uses the database and is about to end. */
  readonly waitMs?: number;
  /** For a server that is not up yet. Without it, what fails fails at once. */
  readonly serverMs?: number;
  /** Told when another process got the database, because the connection to it was lost: nothing must be changed any more. */
  readonly taken?: (() => void) | undefined;
  /** Where samples wait that a server does not take: a folder of this process alone. Without it they wait in memory. */
  readonly spoolFolder?: string | undefined;
  readonly samples?: SamplesWanted;
  /** Where samples go instead of into the database. */
  readonly metrics?: Elsewhere | undefined;
  /** What is kept of before when this version changes tables. */
  readonly upgrading?: Upgrading | undefined;
}

export interface Elsewhere {
  readonly place: MetricsPlace;
  /** Whoever has the series in memory: the database may be away. Without it, or while it says undefined, the database is asked. */
  readonly nameSeries?: (series: readonly number[]) => ReadonlyMap<number, SeriesNames> | undefined;
}

export type Patience = Pick<Waiting, "forMs" | "log">;

/**
 * Opens and migrates the database, and the samples in it, for this process alone.
 * @throws DatabaseInUse; Error that says what is wrong, where and what to do
 */
export async function openStores(
  place: DatabasePlace,
  { waitMs = 0, serverMs = 0, taken, samples = "auto", ...access }: Access = {},
): Promise<Stores> {
  const patience = { forMs: serverMs, log: access.log };
  const locking = () => lockDatabase(place, { waitMs, taken });
  const lock = await waitForServer(locking, { ...patience, shown: place.shown });
  return open(place, { ...access, patience, lock, samples }).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
}

/** As `openStores`, for looking at what another process uses: it was migrated by that one, and nothing is written. */
export const openStoresToRead = (place: DatabasePlace, metrics?: Elsewhere): Promise<Stores> =>
  open(place, { metrics, patience: { forMs: 0 }, lock: undefined, samples: "auto" });

async function open(
  place: DatabasePlace,
  access: Pick<Access, "log" | "spoolFolder" | "metrics" | "upgrading"> & {
    patience: Patience;
    lock: DatabaseLock | undefined;
    samples: SamplesWanted;
  },
): Promise<Stores> {
  const { log, lock, spoolFolder } = access;
  const { connection, samples, migrated, integrityCheck, close } = await openDatabase(place, {
    migrations: folders.migrations,
    ...access.upgrading,
  });
  tellMigrated(migrated, log);
  if (place.kind === "sqlite" && lock) {
    await carryOver({ from: connection.engine, to: samples, log });
  }
  const common = {
    connection,
    integrityCheck,
    async close() {
      try {
        await close();
      } finally {
        await lock?.release();
      }
    },
  };
  // An embedded database lies on the same disk: where it cannot write, a spool could not either.
  const isEmbedded = place.kind === "sqlite" && !access.metrics;
  const spool = spoolFolder && !isEmbedded ? await openSpool(join(spoolFolder, "waiting.samples")) : undefined;
  if (access.metrics) {
    const { metrics, patience } = access;
    const opening = waitForServer(() => openElsewhere(connection, metrics, { spool, others: () => !lock }), {
      ...patience,
      shown: metrics.place.shown,
    });
    const store = await opening.catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return { ...common, store, timescale: null };
  }
  if (place.kind === "postgres") {
    const opening = lock ? openLocked() : readPostgresSamples(samples);
    const { store, setUp } = await opening.catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return { ...common, store, timescale: setUp?.timescale ?? null };
  }
  const flushMs = flushMsOf(place);
  const store = await openChunkStore(samples, { name: NAMES[place.kind], flushMs, readOnly: !lock, spool });
  return { ...common, store, timescale: null };

  async function openLocked() {
    const policies = await readKept(connection);
    return openPostgresSamples(samples, { shown: place.shown, policies, wanted: access.samples, log, spool });
  }
}

export async function openElsewhere(
  connection: Connection,
  { place, nameSeries }: Elsewhere,
  { spool, others }: { spool: Spool | undefined; others: () => boolean },
): Promise<MetricStore> {
  const database = await openDatabaseName(connection);
  const askDatabase = createStoredNames(connection);
  return openVictoriametricsStore({
    url: place.url,
    database,
    nameSeries: async (series) => nameSeries?.(series) ?? askDatabase(series),
    spool,
    others,
  });
}

/** The embedded database: configuration in `databaseFile`, samples in a file beside it. Both are made when they are missing. */
export const openEmbeddedStores = (databaseFile: string, log?: Log): Promise<Stores> =>
  openStores(placeOfFile(databaseFile), { log });

export function tellMigrated(migrated: readonly Migrated[], log: Log | undefined): void {
  for (const { applied, backup, archive } of migrated) {
    if (backup)
      log?.info({ applied, backup, archive }, "the database was changed for this version; a copy from before is kept");
  }
}
