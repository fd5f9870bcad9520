import { existsSync } from "node:fs";
import { join } from "node:path";
import { sqlite } from "../../drizzle/dialects/sqlite";
import { defineSchema } from "../../drizzle/schema";
import type { FilePlace } from "./database-place";
import { requireCurrent } from "./pending-migrations";
import { createQueue } from "./queue";
import { readMigrations } from "./read-migrations";
import type { Snapshot } from "./snapshot";
import { createSqliteDatabase } from "./sqlite";
import { type SqliteClient, startSqliteWorker } from "./sqlite-client";
import { createSqliteEngine, type SqliteEngine } from "./sqlite-engine";

/** One who reads asks one thing after another. */
const MAX_WAITING = 100;

/** A reader of a write-ahead log keeps nobody from writing. */
export async function openSqliteSnapshot(
  place: FilePlace,
  { migrations }: { migrations: string },
): Promise<Snapshot | undefined> {
  const samples = await begin(place.samplesFile, join(migrations, "sqlite-samples"));
  if (!samples) return undefined;
  const configuration = await begin(place.file, join(migrations, "sqlite")).catch(async (error: unknown) => {
    await samples.close();
    throw error;
  });
  if (!configuration) {
    await samples.close();
    return undefined;
  }
  const { client, engine } = configuration;
  const [[version] = []] = await engine.query("select sqlite_version()");
  return {
    db: createSqliteDatabase(client, (task) => task()),
    schema: defineSchema(sqlite),
    version: `SQLite ${version}`,
    samples: samples.engine,
    close: async () => void (await Promise.all([samples.close(), configuration.close()])),
  };
}

interface Begun {
  readonly client: SqliteClient;
  readonly engine: SqliteEngine;
  close(): Promise<void>;
}

/** @returns undefined for a file that is not there, or that nothing was ever made in */
async function begin(file: string, migrationsFolder: string): Promise<Begun | undefined> {
  // Opening would make it.
  if (!existsSync(file)) return undefined;
  const client = startSqliteWorker({ file });
  const engine = createSqliteEngine(client, createQueue(MAX_WAITING));
  const close = async () => {
    await engine.run("rollback");
    await client.close();
  };
  try {
    await engine.run("begin");
    // From the first look on.
    const tables = await engine.query("select name from sqlite_schema where name = '__drizzle_migrations'");
    const [[applied = null] = []] =
      tables.length > 0 ? await engine.query("select max(created_at) from __drizzle_migrations") : [];
    if (applied !== null) {
      requireCurrent(file, Number(applied), readMigrations(migrationsFolder));
      return { client, engine, close };
    }
    await close();
    return undefined;
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}
