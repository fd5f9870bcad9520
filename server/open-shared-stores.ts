import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { v7 as createId } from "uuid";
import type { Connection } from "./db/database";
import type { DatabaseLock } from "./db/database-lock";
import type { ServerPlace } from "./db/database-place";
import { openDatabase } from "./db/open";
import { lockOpening, lockPostgres, waitToLead } from "./db/postgres-lock";
import { waitForServer } from "./db/wait-for-server";
import type { Log } from "./log";
import { fenceOff } from "./metrics/chunks/fence";
import { recoverSpools, spoolName } from "./metrics/chunks/recover-spools";
import { openSpool, type Spool } from "./metrics/chunks/spool";
import { createHandedStore } from "./metrics/handed-store";
import type { MetricStore } from "./metrics/store";
import type { Timescale } from "./metrics/timescale/detect";
import { followPostgresSamples, openPostgresSamples } from "./metrics/timescale/open-samples";
import { type Access, openElsewhere, type Stores, tellMigrated } from "./open-stores";
import { folders } from "./places";
import { readKept } from "./retention/read-kept";
import { createTrouble } from "./trouble";

const RETRY_MS = 1_000;

export interface SharedAccess extends Pick<Access, "serverMs" | "spoolFolder" | "metrics" | "upgrading"> {
  readonly log: Log;
  /** Of this process. */
  readonly id: string;
  readonly samples: "auto" | "chunks";
  /** Whether other processes use the database now. */
  readonly others: () => boolean;
}

export interface SharedStores extends Stores {
  /** This process is the one that rolls up, drops and sets up. */
  leads(): boolean;
  /** A file in the folder of spools that this process writes to now. */
  usesSpool(file: string): boolean;
}

/**
 * Opens and migrates a PostgreSQL database that several processes may use. The first one leads: it alone changes what is stored already.
 * The others write and read, and one of them leads once the first is gone.
 * @throws Error that says what is wrong, where and what to do
 */
export async function openSharedStores(place: ServerPlace, access: SharedAccess): Promise<SharedStores> {
  const { log, serverMs = 0 } = access;
  const waits = () => log.info({ database: place.shown }, "another Unity opens the database: waiting for it");
  const opened = await waitForServer(() => lockOpening(place, waits), { forMs: serverMs, shown: place.shown, log });
  try {
    const overtaken = createNotice();
    const lock = await lockPostgres(place, overtaken.tell);
    const opening = openDatabase(place, { migrations: folders.migrations, ...access.upgrading });
    const database = await opening.catch(async (error: unknown) => {
      await lock?.release();
      throw error;
    });
    tellMigrated(database.migrated, log);
    const kind: Kind = { place, connection: database.connection, access, spools: new Set() };
    const first = await (lock ? openLeading(kind, overtaken.tell) : openFollowing(kind)).catch(
      async (error: unknown) => {
        await database.close();
        await lock?.release();
        throw error;
      },
    );
    if (!lock) log.info({ database: place.shown }, "another Unity leads; this one shares the work");
    // From here on it is tried again by itself, and nothing waits for a server.
    const later = { ...kind, access: { ...access, serverMs: 0 } };
    return share(later, { first, lead: lock && { lock, overtaken: overtaken.told }, database });
  } finally {
    opened();
  }
}

interface Kind {
  readonly place: ServerPlace;
  readonly connection: Connection;
  readonly access: SharedAccess;
  /** Names of files that are written to. */
  readonly spools: Set<string>;
}
interface Opened {
  readonly store: MetricStore;
  readonly timescale: Timescale | null;
  /** Of its spool's file, in the folder of spools. */
  readonly spool: string;
}
interface Lead {
  readonly lock: DatabaseLock;
  /** Another process leads. */
  readonly overtaken: Promise<void>;
}

function share(
  kind: Kind,
  {
    first,
    lead,
    database,
  }: { first: Opened; lead: Lead | undefined; database: Pick<Stores, "integrityCheck" | "close"> },
): SharedStores {
  const { place, connection, access, spools } = kind;
  const { log } = access;
  const { store, hand } = createHandedStore(first.store);
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener("abort", () => resolve()));
  let current = first;
  let held = lead;
  const trouble = createTrouble(log, {
    failing: "this Unity could not change its part; it tries again",
    over: "this Unity could change its part now",
  });
  const turning = turn();

  /** Follows until whoever leads is gone, leads until another one does, and so on. */
  async function turn(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (held) await stepDown(held);
        else await stepUp();
        if (!stopping.signal.aborted) trouble.worked();
      } catch (error) {
        trouble.failed(error);
        await Promise.race([pause(RETRY_MS), stopped]);
      }
    }
  }

  async function stepUp(): Promise<void> {
    const overtaken = createNotice();
    const lock = await waitToLead(place, { taken: overtaken.tell, stop: stopping.signal });
    if (!lock) return;
    try {
      if (stopping.signal.aborted) return await lock.release();
      await change(await openLeading(kind, overtaken.tell));
    } catch (error) {
      await lock.release();
      throw error;
    }
    held = { lock, overtaken: overtaken.told };
    log.info({ database: place.shown }, "this Unity leads from now on: the one that did is gone");
  }

  async function stepDown({ lock, overtaken }: Lead): Promise<void> {
    await Promise.race([overtaken, stopped]);
    if (stopping.signal.aborted) return;
    await lock.release();
    await change(await openFollowing(kind));
    held = undefined;
    log.warn({ database: place.shown }, "another Unity leads now, while this one was cut off; it shares the work");
  }

  async function change(next: Opened): Promise<void> {
    const former = current;
    current = next;
    // What it cannot write any more is in its spool.
    await hand(next.store).catch(() => undefined);
    spools.delete(former.spool);
    if (access.spoolFolder === undefined) return;
    const inUse = (file: string) => file !== former.spool;
    // What fails is tried again every minute.
    await recoverSpools(access.spoolFolder, { store: next.store, inUse }).catch(() => 0);
  }

  return {
    connection,
    store,
    timescale: first.timescale,
    leads: () => held !== undefined,
    usesSpool: (file) => spools.has(basename(file)),
    integrityCheck: database.integrityCheck,
    async close() {
      stopping.abort();
      await turning;
      try {
        await database.close();
      } finally {
        await held?.lock.release();
      }
    },
  };
}

async function openLeading(kind: Kind, overtaken: () => void): Promise<Opened> {
  const { place, connection, access } = kind;
  // Samples that lie elsewhere are written by everybody alike.
  if (access.metrics) return openMetrics(kind, access.metrics);
  const { log, others } = access;
  const engine = await fenceOff(connection.engine, overtaken);
  // While others write into chunks, those stay where they are.
  const wanted = others() || (await countOthers(connection)) > 0 ? "kept" : access.samples;
  const policies = await readKept(connection);
  return withSpool(kind, async (spool) => {
    const { store, setUp } = await openPostgresSamples(engine, {
      shown: place.shown,
      policies,
      wanted,
      log,
      others,
      spool,
    });
    return { store, timescale: setUp?.timescale ?? null };
  });
}

function openFollowing(kind: Kind): Promise<Opened> {
  const { connection, access } = kind;
  if (access.metrics) return openMetrics(kind, access.metrics);
  // A new name each time: under the last one there may be batches that nobody took in yet.
  const writer = createId();
  return withSpool(kind, async (spool) => ({
    store: await followPostgresSamples(connection.engine, { writer, spool, others: access.others }),
    timescale: null,
  }));
}

function openMetrics(kind: Kind, metrics: NonNullable<Access["metrics"]>): Promise<Opened> {
  const { log, serverMs = 0, others } = kind.access;
  return withSpool(kind, async (spool) => {
    const opening = () => openElsewhere(kind.connection, metrics, { spool, others });
    const store = await waitForServer(opening, { forMs: serverMs, shown: metrics.place.shown, log });
    return { store, timescale: null };
  });
}

/** With a file of this store alone: `recoverSpools` finds it when its store is gone. */
async function withSpool(
  { access: { id, spoolFolder }, spools }: Kind,
  open: (spool: Spool | undefined) => Promise<Omit<Opened, "spool">>,
): Promise<Opened> {
  const name = spoolName(id, createId());
  spools.add(name);
  try {
    const spool = spoolFolder === undefined ? undefined : await openSpool(join(spoolFolder, name));
    return { ...(await open(spool)), spool: name };
  } catch (error) {
    spools.delete(name);
    throw error;
  }
}

/** Those that were seen lately; this process is none of them yet, or says so itself. */
async function countOthers({ engine }: Connection): Promise<number> {
  const [row] = await engine.query(
    "select count(*) from unity_processes where seen_at > clock_timestamp() - interval '20 seconds'",
  );
  return Number(row?.[0]);
}

function createNotice(): { tell: () => void; told: Promise<void> } {
  let tell = () => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { tell: () => tell(), told };
}
