import { basename, dirname, join } from "node:path";
import type { Connection } from "./db/database";
import { openSqlite } from "./db/sqlite";
import { openSqliteSamples } from "./db/sqlite-file";
import type { Log } from "./log";
import { carryOver } from "./metrics/chunks/carry-over";
import { openChunkStore } from "./metrics/chunks/chunk-store";
import type { MetricStore } from "./metrics/store";
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

/** The embedded database: configuration in `databaseFile`, samples in a file beside it. Both are made when they are missing. */
export async function openEmbeddedStores(databaseFile: string, log?: Log): Promise<Stores> {
  const connection = await openSqlite(databaseFile, { migrationsFolder: folders.migrations });
  const samples = await openSqliteSamples(samplesFileOf(databaseFile), { migrationsFolder: folders.samplesMigrations });
  await carryOver({ from: connection.engine, to: samples.engine, log });
  const store = await openChunkStore(samples.engine, { name: "SQLite", flushMs: EMBEDDED_FLUSH_MS });
  return {
    connection,
    store,
    async integrityCheck() {
      const found = await Promise.all([connection.integrityCheck(), samples.integrityCheck()]);
      return found.find((one) => one !== "ok") ?? "ok";
    },
    async close() {
      await Promise.all([connection.close(), samples.close()]);
    },
  };
}

/** `unity.db` has its samples in `unity-samples.db`. */
function samplesFileOf(databaseFile: string): string {
  const name = basename(databaseFile).replace(/\.(db|sqlite3?)$/, "");
  return join(dirname(databaseFile), `${name}-samples.db`);
}
