import type { DatabasePlace } from "./database-place";
import { lockSqlite } from "./sqlite-lock";

/** Held by the one process that may change samples. It goes with the process, however that ends. */
export interface DatabaseLock {
  release(): Promise<void>;
}

const ASK_EVERY_MS = 250;

/** Another process holds the lock. */
export class DatabaseInUse extends Error {
  override readonly name = "DatabaseInUse";
  constructor(place: DatabasePlace) {
    super(`${place.shown} is used by another Unity. Stop that one, or name another database with DATABASE_URL.`);
  }
}

/**
 * Makes this process the only one that changes this database. @param waitMs for another one that is about to end
 * @param taken told when it is not any more: its connection was lost, and another process was faster
 * @throws DatabaseInUse; DatabaseUnusable when the server cannot be asked
 */
export async function lockDatabase(
  place: DatabasePlace,
  { waitMs = 0, taken }: { waitMs?: number; taken?: (() => void) | undefined } = {},
): Promise<DatabaseLock> {
  for (const end = performance.now() + waitMs; ; ) {
    const lock = await tryLock(place, taken);
    if (lock) return lock;
    if (performance.now() >= end) throw new DatabaseInUse(place);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

async function tryLock(place: DatabasePlace, taken?: () => void): Promise<DatabaseLock | undefined> {
  if (place.kind === "sqlite") return lockSqlite(place.file);
  // Loaded when they are used: drivers that are not take no memory.
  if (place.kind === "postgres") return (await import("./postgres-lock")).lockPostgres(place, taken);
  return (await import("./mysql-lock")).lockMysql(place, taken);
}
