import { createQueue, type Queue } from "./queue";
import { readMigrations } from "./read-migrations";
import { type SqliteClient, startSqliteWorker } from "./sqlite-client";
import { createSqliteEngine, type SqliteEngine } from "./sqlite-engine";
import type { Migrated } from "./sqlite-protocol";

/** Statements that wait for the worker, each with its parameters: a minute of a busy home. */
const MAX_WAITING = 10_000;

export interface SqliteMigrating {
  readonly migrationsFolder: string;
  /** Its tables are changed also where no copy of before can be kept. */
  readonly mayGoWithout?: boolean;
}

/** One file with a worker of its own. */
export interface SqliteFile {
  readonly client: SqliteClient;
  readonly queue: Queue;
  readonly engine: SqliteEngine;
  /** As "SQLite 3.45.1". */
  readonly version: string;
  readonly migrated: Migrated;
  /** "ok", or what SQLite found wrong. */
  integrityCheck(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Opens and migrates a file. @param file created when it is missing
 * @throws Error when it was made by a newer version; SqliteError when it cannot be opened
 */
export async function openSqliteFile(
  file: string,
  { migrationsFolder, mayGoWithout = false }: SqliteMigrating,
): Promise<SqliteFile> {
  const client = startSqliteWorker({ file });
  const opening = Promise.all([
    migrate(client, file, { migrationsFolder, mayGoWithout }),
    client.send<string[][]>({ op: "query", sql: "select sqlite_version()", params: [] }),
  ]);
  const [migrated, [version]] = await opening.catch(async (error: unknown) => {
    await client.close().catch(() => undefined);
    throw error;
  });
  const queue = createQueue(MAX_WAITING);
  const engine = createSqliteEngine(client, queue);
  return {
    client,
    queue,
    engine,
    version: `SQLite ${version?.[0]}`,
    migrated,
    integrityCheck: async () => String((await engine.query("pragma integrity_check"))[0]?.[0]),
    close: () => queue.run(() => client.close()),
  };
}

/** The samples of an installation that keeps its configuration in SQLite: a file and a worker of their own. */
export type SqliteSamples = Pick<SqliteFile, "engine" | "version" | "migrated" | "integrityCheck" | "close">;

export const openSqliteSamples = (file: string, migrating: SqliteMigrating): Promise<SqliteSamples> =>
  openSqliteFile(file, migrating);

function migrate(
  client: SqliteClient,
  file: string,
  { migrationsFolder, mayGoWithout }: Required<SqliteMigrating>,
): Promise<Migrated> {
  const backupFile = `${file}.before-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  return client.send({ op: "migrate", migrations: readMigrations(migrationsFolder), backupFile, mayGoWithout });
}
