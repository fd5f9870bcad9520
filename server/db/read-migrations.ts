import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Migration } from "./sqlite-protocol";

/** What drizzle-kit generated into this folder, oldest first. */
export function readMigrations(folder: string): Migration[] {
  return readMigrationFiles({ migrationsFolder: folder }).map(({ sql: statements, hash, folderMillis }) => ({
    statements,
    hash,
    at: folderMillis,
  }));
}
