import { rmSync } from "node:fs";
import type Database from "libsql";
import { explainFileError } from "./file-error";
import { GO_WITHOUT } from "./go-without";
import { pendingAfter, refuseNewer } from "./pending-migrations";
import type { Migrated, Migration } from "./sqlite-protocol";

/** All of `work` or nothing of it. Takes the write lock at once, so that what is read inside stays true. */
export function inTransaction<T>(db: Database.Database, work: () => T): T {
  db.exec("begin immediate");
  try {
    const value = work();
    db.exec("commit");
    return value;
  } catch (error) {
    // SQLite has already rolled back by itself where the disk was full or failed.
    if (db.inTransaction) db.exec("rollback");
    throw error;
  }
}

/**
 * Applies what is missing, all or nothing. Two processes that start at once wait for each other.
 * @param backupFile where a copy goes before a database with data is changed @param mayGoWithout it is changed also where none can be made
 * @throws Error when the database was made by a newer version
 */
export function migrate(
  db: Database.Database,
  {
    file,
    migrations,
    backupFile,
    mayGoWithout,
  }: { file: string; migrations: readonly Migration[]; backupFile: string; mayGoWithout: boolean },
): Migrated {
  const applied = inTransaction(db, () => {
    db.exec(
      "create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)",
    );
    return lastApplied(db);
  });
  refuseNewer(file, applied, migrations);
  const isUpdate = applied > 0 && pendingAfter(applied, migrations).length > 0;
  const backup = isUpdate && copyTo(db, { file, backupFile, mayGoWithout }) ? backupFile : null;

  // Off, because a table is changed by building it anew, and dropping the old one would delete the rows that point at it. It
  // has no effect inside a transaction.
  db.exec("pragma foreign_keys = off");
  try {
    return { applied: inTransaction(db, () => applyPending(db, migrations)), backup };
  } finally {
    db.exec("pragma foreign_keys = on");
  }
}

/** @returns whether there is one now */
function copyTo(
  db: Database.Database,
  { file, backupFile, mayGoWithout }: { file: string; backupFile: string; mayGoWithout: boolean },
): boolean {
  try {
    db.prepare("vacuum into ?").run([backupFile]);
    return true;
  } catch (error) {
    // A part of a copy, on a disk that is full, would be taken for one.
    rmSync(backupFile, { force: true });
    if (mayGoWithout) return false;
    const why =
      explainFileError(error, backupFile, { unclear: true }) ??
      (error instanceof Error ? error.message : String(error));
    throw new Error(`${file} wants an update, and no copy of it can be kept before. ${why} ${GO_WITHOUT}`);
  }
}

/** Looks again what is missing: another process may have been faster. */
function applyPending(db: Database.Database, migrations: readonly Migration[]): number {
  const pending = pendingAfter(lastApplied(db), migrations);
  for (const { statements, hash, at } of pending) {
    for (const statement of statements) db.exec(statement);
    db.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)").run([hash, at]);
  }
  const [dangling] = db.prepare("pragma foreign_key_check").raw(true).all() as unknown[][];
  if (pending.length > 0 && dangling) {
    throw new Error(`The migration would leave rows of ${dangling[0]} pointing at ${dangling[2]} that are not there.`);
  }
  return pending.length;
}

function lastApplied(db: Database.Database): number {
  const rows = db.prepare("select max(created_at) from __drizzle_migrations").raw(true).all() as unknown[][];
  return Number(rows[0]?.[0] ?? 0);
}
