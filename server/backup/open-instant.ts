import type { DatabasePlace } from "../db/database-place";
import { openSnapshot, type Snapshot } from "../db/snapshot";
import { openChunkStore } from "../metrics/chunks/chunk-store";
import type { TierStarts } from "../metrics/store";
import { loadState, readMove } from "../metrics/timescale/reach";
import type { MetricsPlace } from "../metrics/victoriametrics/metrics-url";
import { describeSource, type Source } from "../move/describe-source";
import type { Header } from "../move/piece";
import { openStoresToRead } from "../open-stores";
import { folders } from "../places";

/** An installation at one instant, beside the Unity that uses it. */
export interface Instant extends Source {
  readonly header: Header;
  /** Where tiers begin by now, if that may have changed meanwhile. */
  startsNow(): Promise<TierStarts | undefined>;
  close(): Promise<void>;
}

interface Place {
  readonly database: DatabasePlace;
  /** Where its samples are, when not in the database. */
  readonly metrics: MetricsPlace | undefined;
}

/**
 * Opens everything of an installation for reading, as it is now, whatever is written meanwhile. Takes no lock and changes nothing.
 * @param runs with the list of runs @throws Error when there is nothing, or it is another version's
 */
export async function openInstant(place: Place, { runs }: { runs: boolean }): Promise<Instant> {
  const { database, metrics } = place;
  const snapshot = await openOwnSnapshot(database);
  let inTimescale = false;
  try {
    inTimescale = !metrics && database.kind === "postgres" && (await readMove(snapshot.samples)).finished;
    if (!metrics && !inTimescale) return await openWithin(snapshot, runs);
  } catch (error) {
    await snapshot.close();
    throw error;
  }
  await snapshot.close();
  return openBeside(place, { runs, inTimescale });
}

async function openOwnSnapshot(database: DatabasePlace): Promise<Snapshot> {
  const snapshot = await openSnapshot(database, { migrations: folders.migrations });
  if (snapshot) return snapshot;
  throw new Error(
    `${database.shown} is not there, or empty. Name the database with DATABASE_URL, or its folder with UNITY_DATA.`,
  );
}

/** Samples in chunks are rows like any others. */
async function openWithin(snapshot: Snapshot, runs: boolean): Promise<Instant> {
  const store = await openChunkStore(snapshot.samples, { name: snapshot.version, readOnly: true });
  return {
    header: await describeSource({ connection: snapshot, store }, { isRunning: false, runs }),
    connection: snapshot,
    store,
    startsNow: async () => undefined,
    close: () => store.close().finally(snapshot.close),
  };
}

/**
 * TimescaleDB compresses and drops whole chunks, which a snapshot does not see: what it moved meanwhile would be missing, and to keep it
 * from that everybody would have to wait. Another server has no part in a transaction of this one. So samples are read as they are by
 * then, up to this instant: they never change, and what retention drops meanwhile is in the hours.
 */
async function openBeside(
  { database, metrics }: Place,
  { runs, inTimescale }: { runs: boolean; inTimescale: boolean },
): Promise<Instant> {
  const { connection, store, close } = await openStoresToRead(database, metrics && { place: metrics });
  const closeStores = () => store.close().finally(close);
  try {
    const header = await describeSource({ connection, store }, { isRunning: true, runs });
    const snapshot = await openOwnSnapshot(database);
    let ending: Promise<void> | undefined;
    const tablesRead = () => {
      ending ??= snapshot.close();
      return ending;
    };
    return {
      header,
      connection: snapshot,
      store,
      tablesRead,
      async startsNow() {
        if (!inTimescale) return undefined;
        const { rawFrom, hourlyFrom, dailyFrom } = await loadState(connection.engine);
        return { rawFrom, hourlyFrom, dailyFrom };
      },
      close: () => tablesRead().finally(closeStores),
    };
  } catch (error) {
    await closeStores();
    throw error;
  }
}
