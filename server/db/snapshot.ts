import { join } from "node:path";
import type { Connection } from "./database";
import type { DatabasePlace } from "./database-place";
import type { SqlEngine } from "./sql-engine";
import { openSqliteSnapshot } from "./sqlite-snapshot";

/** A database as it is at one instant, whatever others write meanwhile. For reading, a statement at a time. */
export interface Snapshot extends Pick<Connection, "db" | "schema" | "version"> {
  /** Where its samples lie, at the same instant; with an embedded database a moment before, so that every series of theirs is known. */
  readonly samples: SqlEngine;
  close(): Promise<void>;
}

/**
 * Looks at a database without a lock, and changes nothing of it.
 * @param migrations the folder with a folder for each dialect
 * @returns undefined where there is nothing of Unity @throws Error when its tables are those of another version; DatabaseUnusable
 */
export async function openSnapshot(
  place: DatabasePlace,
  { migrations }: { migrations: string },
): Promise<Snapshot | undefined> {
  if (place.kind === "sqlite") return openSqliteSnapshot(place, { migrations });
  // Loaded when they are used: drivers that are not take no memory.
  const migrationsFolder = join(migrations, place.kind);
  if (place.kind === "postgres")
    return (await import("./postgres-snapshot")).openPostgresSnapshot(place, { migrationsFolder });
  return (await import("./mysql-snapshot")).openMysqlSnapshot(place, { migrationsFolder });
}
