import type { Connection } from "./db/database";
import { type DatabasePlace, placeOfFile } from "./db/database-place";
import { openDatabase } from "./db/open";
import type { Log } from "./log";
import { carryOver } from "./metrics/chunks/carry-over";
import { openChunkStore } from "./metrics/chunks/chunk-store";
import { FLUSH_MS, type MetricStore } from "./metrics/store";
import { folders } from "./places";

/** A row a flush: five seconds write a fifth of what one second would, which memory cards live longer for. */
export const EMBEDDED_FLUSH_MS = 5_000;

export interface Stores {
  readonly connection: Connection;
  readonly store: MetricStore;
  /** "ok", or what is wrong with the files. */
  integrityCheck(): Promise<string>;
  /** After the store was closed. */
  close(): Promise<void>;
}

/**
 * Opens what DATABASE_URL names. Files are made when they are missing; a database on a server is made by `npm run db:init`.
 * @throws Error that says what is wrong, where and what to do
 */
export async function openStores(place: DatabasePlace, log?: Log): Promise<Stores> {
  const { connection, samples, migrated, integrityCheck, close } = await openDatabase(place, {
    migrations: folders.migrations,
  });
  for (const { applied, backup } of migrated) {
    if (backup) log?.info({ applied, backup }, "the database was updated, a copy from before is kept");
  }
  try {
    if (place.kind === "sqlite") await carryOver({ from: connection.engine, to: samples, log });
    const flushMs = place.kind === "sqlite" ? EMBEDDED_FLUSH_MS : FLUSH_MS;
    const store = await openChunkStore(samples, { name: connection.version, flushMs });
    return { connection, store, integrityCheck, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The embedded database: configuration in `databaseFile`, samples in a file beside it. Both are made when they are missing. */
export function openEmbeddedStores(databaseFile: string, log?: Log): Promise<Stores> {
  return openStores(placeOfFile(databaseFile), log);
}
