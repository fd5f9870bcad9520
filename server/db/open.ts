import { dirname, join } from "node:path";
import type { Connection } from "./database";
import type { DatabasePlace } from "./database-place";
import type { KeepFormer } from "./former-tables";
import { makeFolder } from "./make-folder";
import type { SqlEngine } from "./sql-engine";
import { openSqlite } from "./sqlite";
import { openSqliteSamples } from "./sqlite-file";
import type { Migrated } from "./sqlite-protocol";

/** A database and where its samples lie: beside the configuration on a server, in a file of their own in an embedded one. */
export interface OpenDatabase {
  readonly connection: Connection;
  readonly samples: SqlEngine;
  /** What opening changed, in the order it did. */
  readonly migrated: readonly Migrated[];
  /** "ok", or what an embedded database found wrong; servers check themselves. */
  integrityCheck(): Promise<string>;
  close(): Promise<void>;
}

/** What is kept of before when a newer version changes tables. */
export interface Upgrading {
  /** On a server, beside the copies of tables there; an embedded database is copied as a file. */
  readonly keep?: KeepFormer | undefined;
  /** An embedded database is changed also where it cannot be copied. */
  readonly mayGoWithout?: boolean | undefined;
}

interface Opening extends Upgrading {
  /** The folder with a folder for each dialect. */
  readonly migrations: string;
}

/**
 * Opens and migrates what a DATABASE_URL names. Files are created, a database on a server is not.
 * @throws Error that says what is wrong, where and what to do
 */
export async function openDatabase(
  place: DatabasePlace,
  { migrations, keep, mayGoWithout = false }: Opening,
): Promise<OpenDatabase> {
  if (place.kind === "sqlite") {
    await makeFolder(dirname(place.file));
    const connection = await openSqlite(place.file, { migrationsFolder: join(migrations, "sqlite"), mayGoWithout });
    const opening = openSqliteSamples(place.samplesFile, {
      migrationsFolder: join(migrations, "sqlite-samples"),
      mayGoWithout,
    });
    const samples = await opening.catch(async (error: unknown) => {
      await connection.close();
      throw error;
    });
    return {
      connection,
      samples: samples.engine,
      migrated: [connection.migrated, samples.migrated],
      async integrityCheck() {
        const found = await Promise.all([connection.integrityCheck(), samples.integrityCheck()]);
        return found.find((one) => one !== "ok") ?? "ok";
      },
      close: async () => void (await Promise.all([connection.close(), samples.close()])),
    };
  }
  // Loaded when they are used: drivers that are not take no memory.
  const open =
    place.kind === "postgres" ? (await import("./postgres")).openPostgres : (await import("./mysql")).openMysql;
  const connection = await open(place.url, { migrationsFolder: join(migrations, place.kind), keep });
  return {
    connection,
    samples: connection.engine,
    migrated: [connection.migrated],
    integrityCheck: async () => "ok",
    close: connection.close,
  };
}
