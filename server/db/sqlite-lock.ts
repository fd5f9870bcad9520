import { dirname } from "node:path";
import Database from "libsql";
import type { DatabaseLock } from "./database-lock";
import { explainFileError } from "./file-error";
import { makeFolder } from "./make-folder";

/**
 * An empty file beside the database, which SQLite locks as its own: the operating system lets go of it when the process ends. Not the
 * database itself, so that others can read that meanwhile.
 */
export async function lockSqlite(databaseFile: string): Promise<DatabaseLock | undefined> {
  await makeFolder(dirname(databaseFile));
  const file = `${databaseFile}.lock`;
  const db = open(file);
  try {
    // No journal: nothing is ever written.
    db.exec("pragma busy_timeout = 0; pragma journal_mode = off; begin exclusive");
  } catch (error) {
    db.close();
    if (error instanceof Error && "code" in error && error.code === "SQLITE_BUSY") return undefined;
    throw unusable(error, file, "cannot be locked");
  }
  return { release: async () => void db.close() };
}

function open(file: string): Database.Database {
  try {
    return new Database(file);
  } catch (error) {
    throw unusable(error, file, "cannot be made");
  }
}

function unusable(error: unknown, file: string, what: string): Error {
  const known = explainFileError(error, file, { unclear: true });
  return new Error(known ?? `${file} ${what}: ${String(error)}. May the folder be written?`, { cause: error });
}
