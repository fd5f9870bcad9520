import { getTableColumns, sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { PgTable } from "drizzle-orm/pg-core";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { drizzle, type SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import { sqlite } from "../../drizzle/dialects/sqlite";
import { defineSchema } from "../../drizzle/schema";
import type { Connection, Database, Dialect } from "./database";
import { createQueue } from "./queue";
import { type SqliteClient, startSqliteWorker } from "./sqlite-client";
import type { Migrated, Migration, SqlValue, Step } from "./sqlite-protocol";

/** Statements that wait for the worker, each with its parameters: a minute of a busy home. */
const MAX_WAITING = 10_000;

/** SQLite's own side of a connection: what the row store runs without drizzle between. */
export interface SqliteEngine {
  query(sql: string, params?: readonly SqlValue[]): Promise<unknown[][]>;
  /** All steps or none; answers with the rows each changed. Columns of numbers move to the worker and are empty afterwards. */
  transaction(steps: readonly Step[]): Promise<number[]>;
  /** Statements without parameters or rows. */
  run(script: string): Promise<void>;
}
export interface SqliteConnection extends Connection {
  readonly engine: SqliteEngine;
  readonly migrated: Migrated;
  /** "ok", or what SQLite found wrong. */
  integrityCheck(): Promise<string>;
}

/**
 * Opens and migrates the embedded database. @param file created when it is missing
 * @throws Error when it was made by a newer version; SqliteError when it cannot be opened
 */
export async function openSqlite(
  file: string,
  { migrationsFolder }: { migrationsFolder: string },
): Promise<SqliteConnection> {
  const client = startSqliteWorker({ file });
  const migrated = await migrate(client, file, migrationsFolder).catch(async (error: unknown) => {
    await client.close().catch(() => undefined);
    throw error;
  });
  const queue = createQueue(MAX_WAITING);
  const engine: SqliteEngine = {
    query: (text, params = []) => queue.run(() => client.send<unknown[][]>({ op: "query", sql: text, params })),
    transaction: (steps) =>
      queue.run(() => client.send<number[]>({ op: "transaction", steps }, steps.flatMap(buffersOf))),
    run: (script) => queue.run(() => client.send<void>({ op: "script", sql: script })),
  };
  return {
    db: createDatabase(client, queue.run),
    schema: defineSchema(sqlite),
    dialect,
    engine,
    migrated,
    integrityCheck: async () => String((await engine.query("pragma integrity_check"))[0]?.[0]),
    close: () => queue.run(() => client.close()),
  };
}

function createDatabase(client: SqliteClient, enqueue: <T>(task: () => Promise<T>) => Promise<T>): Database {
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
  async upsert(db, table, row, key) {
    await own(db)
      .insert(table as unknown as SQLiteTable)
      .values(row as never)
      .onConflictDoUpdate({ target: key as unknown as SQLiteColumn[], set: replaceAll(table) });
  },
};

const own = (db: Database) => db as unknown as SqliteRemoteDatabase;

function replaceAll(table: PgTable) {
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(columns.map(([key]) => [key, sql.raw(`excluded.${snakeCase(key)}`)]));
}
const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const buffersOf = ({ columns = [] }: Step) =>
  columns.flatMap((column) =>
    column instanceof Float64Array && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );

function migrate(client: SqliteClient, file: string, migrationsFolder: string): Promise<Migrated> {
  const backupFile = `${file}.before-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  return client.send({ op: "migrate", migrations: readMigrations(migrationsFolder), backupFile });
}

function readMigrations(folder: string): Migration[] {
  return readMigrationFiles({ migrationsFolder: folder }).map(({ sql: statements, hash, folderMillis }) => ({
    statements,
    hash,
    at: folderMillis,
  }));
}
