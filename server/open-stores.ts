import type { Connection } from "./db/database";
import { type DatabasePlace, placeOfFile } from "./db/database-place";
import { openDatabase } from "./db/open";
import type { Log } from "./log";
import { carryOver } from "./metrics/chunks/carry-over";
import { openChunkStore } from "./metrics/chunks/chunk-store";
import { FLUSH_MS, type MetricStore } from "./metrics/store";
import type { Timescale } from "./metrics/timescale/detect";
import { folders } from "./places";

/** A row a flush: five seconds write a fifth of what one second would, which memory cards live longer for. */
export const EMBEDDED_FLUSH_MS = 5_000;

const NAMES = { sqlite: "SQLite", postgres: "PostgreSQL", mysql: "MariaDB/MySQL" };

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

/** Opens and migrates the database, and the samples in it. @throws Error that says what is wrong, where and what to do */
export async function openStores(place: DatabasePlace, log?: Log): Promise<Stores> {
  const { connection, samples, migrated, integrityCheck, close } = await openDatabase(place, {
    migrations: folders.migrations,
  });
  for (const { applied, backup } of migrated) {
    if (backup) log?.info({ applied, backup }, "the database was changed for this version; a copy from before is kept");
  }
  if (place.kind === "sqlite") {
    await carryOver({ from: connection.engine, to: samples, log });
  }
  const flushMs = place.kind === "sqlite" ? EMBEDDED_FLUSH_MS : FLUSH_MS;
  const store = await openChunkStore(samples, { name: NAMES[place.kind], flushMs });
  return { connection, store, timescale: null, integrityCheck, close };
}

/** The embedded database: configuration in `databaseFile`, samples in a file beside it. Both are made when they are missing. */
export const openEmbeddedStores = (databaseFile: string, log?: Log): Promise<Stores> =>
  openStores(placeOfFile(databaseFile), log);
