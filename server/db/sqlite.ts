import { sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { drizzle, type SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import { sqlite } from "../../drizzle/dialects/sqlite";
import { defineSchema } from "../../drizzle/schema";
import type { Connection, Database, Dialect } from "./database";
import { replaceAll } from "./replace-all";
import type { SqliteClient } from "./sqlite-client";
import type { SqliteEngine } from "./sqlite-engine";
import { openSqliteFile, type SqliteMigrating } from "./sqlite-file";

export interface SqliteConnection extends Connection {
  readonly engine: SqliteEngine;
  /** "ok", or what SQLite found wrong. */
  integrityCheck(): Promise<string>;
}

/**
 * Opens and migrates the embedded database. @param file created when it is missing
 * @throws Error when it was made by a newer version; SqliteError when it cannot be opened
 */
export async function openSqlite(file: string, migrating: SqliteMigrating): Promise<SqliteConnection> {
  const { client, queue, engine, version, migrated, integrityCheck, close } = await openSqliteFile(file, migrating);
  return {
    db: createSqliteDatabase(client, queue.run),
    schema: defineSchema(sqlite),
    dialect,
    engine,
    version,
    migrated,
    integrityCheck,
    // Rows that were changed leave their old content in pages and in the write-ahead log.
    scrub: () => queue.run(() => client.send<void>({ op: "script", sql: "vacuum; pragma wal_checkpoint(truncate)" })),
    close,
  };
}

/** @param enqueue takes one task after another */
export function createSqliteDatabase(
  client: SqliteClient,
  enqueue: <T>(task: () => Promise<T>) => Promise<T>,
): Database {
  const direct = proxy((task) => task());
  const queued = proxy(enqueue);
  // A transaction holds the queue from begin to commit; inside, its own statements go past it.
  const transaction: SqliteRemoteDatabase["transaction"] = (work) =>
    enqueue(() => direct.transaction(work, { behavior: "immediate" }));
  // The schema and its queries are written for PostgreSQL's types; what they use is the same in both dialects.
  return Object.assign(queued, { transaction }) as unknown as Database;

  function proxy(through: <T>(task: () => Promise<T>) => Promise<T>): SqliteRemoteDatabase {
    return drizzle(
      async (text, params, method) => {
        const rows = await through(() => client.send<unknown[][]>({ op: "query", sql: text, params }));
        // For `get`, drizzle expects the row itself; undefined when there is none, whatever its type says.
        return { rows: method === "get" ? (rows[0] as unknown[]) : rows };
      },
      // Only in third place: drizzle reads `casing` from there, whatever the second is.
      undefined,
      { casing: "snake_case" },
    );
  }
}

const dialect: Dialect = {
  name: "sqlite",
  async insertIgnore(db, table, rows) {
    if (rows.length > 0) await db.insert(table).values(rows).onConflictDoNothing();
  },
  async upsert(db, table, rows, key) {
    if (rows.length === 0) return;
    await own(db)
      .insert(table as unknown as SQLiteTable)
      .values(rows as never)
      .onConflictDoUpdate({
        target: key as unknown as SQLiteColumn[],
        set: replaceAll(table, (column) => `excluded.${column}`),
      });
  },
  updateCounted: async (db, table, set, where) => (await db.update(table).set(set).where(where).returning(ONE)).length,
  deleteCounted: async (db, table, where) => (await db.delete(table).where(where).returning(ONE)).length,
};

const ONE = { one: sql<number>`1` };
const own = (db: Database) => db as unknown as SqliteRemoteDatabase;
