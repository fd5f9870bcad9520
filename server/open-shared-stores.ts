import { join } from "node:path";
import type { Connection } from "./db/database";
import type { DatabaseLock } from "./db/database-lock";
import type { ServerPlace } from "./db/database-place";
import { openDatabase } from "./db/open";
import { lockOpening, lockPostgres, waitToLead } from "./db/postgres-lock";
import { waitForServer } from "./db/wait-for-server";
import type { Log } from "./log";
import { fenceOff } from "./metrics/chunks/fence";
import { spoolName } from "./metrics/chunks/recover-spools";
import { openSpool, type Spool } from "./metrics/chunks/spool";
import { createHandedStore } from "./metrics/handed-store";
import type { MetricStore } from "./metrics/store";
import type { Timescale } from "./metrics/timescale/detect";
import { followPostgresSamples, openPostgresSamples } from "./metrics/timescale/open-samples";
import { type Access, openElsewhere, type Stores, tellMigrated } from "./open-stores";
import { folders } from "./places";
import { readKept } from "./retention/read-kept";

export interface SharedAccess extends Pick<Access, "serverMs" | "spoolFolder" | "metrics"> {
  readonly log: Log;
  /** Of this process. */
  readonly id: string;
  readonly taken: () => void;
  readonly samples: "auto" | "chunks";
  /** Whether other processes use the database now. */
  readonly others: () => boolean;
}

export interface SharedStores extends Stores {
  /** This process is the one that rolls up, drops and sets up. */
  leads(): boolean;
}

/**
 * Opens and migrates a PostgreSQL database that several processes may use. The first one leads: it alone changes what is stored already.
 * The others write and read, and one of them leads once the first is gone.
 * @throws Error that says what is wrong, where and what to do
 */
export async function openSharedStores(place: ServerPlace, access: SharedAccess): Promise<SharedStores> {
  const { log, serverMs = 0, taken } = access;
  const waits = () => log.info({ database: place.shown }, "another Unity opens the database: waiting for it");
  const opened = await waitForServer(() => lockOpening(place, waits), { forMs: serverMs, shown: place.shown, log });
  try {
    const lock = await lockPostgres(place, taken);
    const database = await openDatabase(place, { migrations: folders.migrations });
    tellMigrated(database.migrated, log);
    const kind = { place, connection: database.connection, access };
    const first = lock ? await openLeading(kind) : await openFollowing(kind);
    if (!lock) log.info({ database: place.shown }, "another Unity leads; this one shares the work");
    return share(kind, { lock, first, database });
  } finally {
    opened();
  }
}

interface Kind {
  readonly place: ServerPlace;
  readonly connection: Connection;
  readonly access: SharedAccess;
}
interface Opened {
  readonly store: MetricStore;
  readonly timescale: Timescale | null;
}

function share(
  kind: Kind,
  {
    lock,
    first,
    database,
  }: { lock: DatabaseLock | undefined; first: Opened; database: Pick<Stores, "integrityCheck" | "close"> },
): SharedStores {
  const { place, connection, access } = kind;
  const { store, hand } = createHandedStore(first.store);
  const stopping = new AbortController();
  let held = lock;
  const succeeding = lock ? undefined : succeed();

  /** Leads once whoever leads now is gone. */
  async function succeed(): Promise<void> {
    while (!stopping.signal.aborted) {
      const mine = await waitToLead(place, { taken: access.taken, stop: stopping.signal });
      if (!mine) return;
      try {
        // Samples that lie elsewhere are written by everybody alike.
        if (!access.metrics) await hand((await openLeading(kind)).store);
        held = mine;
        access.log.info({ database: place.shown }, "this Unity leads from now on: the one that did is gone");
        return;
      } catch (error) {
        access.log.warn({ err: error }, "this Unity could not take the lead; it tries again");
        await mine.release();
      }
    }
  }

  return {
    connection,
    store,
    timescale: first.timescale,
    leads: () => held !== undefined,
    integrityCheck: database.integrityCheck,
    async close() {
      stopping.abort();
      await succeeding;
      try {
        await database.close();
      } finally {
        await held?.release();
      }
    },
  };
}

async function openLeading({ place, connection, access }: Kind): Promise<Opened> {
  if (access.metrics) return openMetrics(connection, access.metrics, access);
  const { log, others } = access;
  const engine = await fenceOff(connection.engine);
  // While others write into chunks, those stay where they are.
  const wanted = others() || (await countOthers(connection)) > 0 ? "kept" : access.samples;
  const { store, setUp } = await openPostgresSamples(engine, {
    shown: place.shown,
    policies: await readKept(connection),
    wanted,
    log,
    others,
    spool: await openOwnSpool(access, "leading"),
  });
  return { store, timescale: setUp?.timescale ?? null };
}

async function openFollowing({ connection, access }: Kind): Promise<Opened> {
  if (access.metrics) return openMetrics(connection, access.metrics, access);
  const { id, others } = access;
  const spool = await openOwnSpool(access, "following");
  const store = await followPostgresSamples(connection.engine, { writer: id, spool, others });
  return { store, timescale: null };
}

/** All processes alike: there is nothing to lead. */
async function openMetrics(
  connection: Connection,
  metrics: NonNullable<Access["metrics"]>,
  access: SharedAccess,
): Promise<Opened> {
  const { log, serverMs = 0 } = access;
  const spool = await openOwnSpool(access, "elsewhere");
  const opening = () => openElsewhere(connection, metrics, spool);
  const store = await waitForServer(opening, { forMs: serverMs, shown: metrics.place.shown, log });
  return { store, timescale: null };
}

/** Those that were seen lately; this process is none of them yet, or says so itself. */
async function countOthers({ engine }: Connection): Promise<number> {
  const [row] = await engine.query(
    "select count(*) from unity_processes where seen_at > clock_timestamp() - interval '20 seconds'",
  );
  return Number(row?.[0]);
}

/** A file of this store alone: `recoverSpools` finds it when its process is gone. */
async function openOwnSpool({ id, spoolFolder }: SharedAccess, role: string): Promise<Spool | undefined> {
  return spoolFolder === undefined ? undefined : openSpool(join(spoolFolder, spoolName(id, role)));
}
