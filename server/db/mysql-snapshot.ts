import { mysql as columns } from "../../drizzle/dialects/mysql";
import { defineSchema } from "../../drizzle/schema";
import type { ServerPlace } from "./database-place";
import { createMysqlDatabase, readMysqlVersion } from "./mysql";
import { createMysqlEngine } from "./mysql-engine";
import { createMysqlPool, type Lease } from "./mysql-pool";
import { requireCurrent } from "./pending-migrations";
import { readMigrations } from "./read-migrations";
import { codeOf, explain } from "./server-error";
import type { Snapshot } from "./snapshot";

const NO_DATABASE = "ER_BAD_DB_ERROR";

/** One connection, in a transaction that reads. */
export async function openMysqlSnapshot(
  place: ServerPlace,
  { migrationsFolder }: { migrationsFolder: string },
): Promise<Snapshot | undefined> {
  const described = await readMysqlVersion(place).catch((error: unknown) => {
    if (codeOf(error) === NO_DATABASE) return undefined;
    throw explain(error, place);
  });
  if (!described) return undefined;
  const { flavour, version } = described;
  const pool = createMysqlPool(place, { connections: 1, flavour });
  try {
    const lease = await pool.take();
    const tables = await begin(lease);
    const applied = tables.has("__drizzle_migrations") ? await readApplied(lease) : undefined;
    if (applied === undefined) {
      await pool.close();
      return undefined;
    }
    requireCurrent(place.shown, applied, readMigrations(migrationsFolder));
    const only = {
      query: lease.query,
      take: async () => ({ query: lease.query, release: () => undefined }),
      begin: () => Promise.reject(new Error(`${place.shown} is open for reading only.`)),
      close: pool.close,
    };
    return {
      db: createMysqlDatabase(only),
      schema: defineSchema(columns),
      version,
      samples: createMysqlEngine({ read: only, write: only, flavour }),
      async close() {
        await lease.query({ sql: "rollback" }).catch(() => undefined);
        lease.release();
        await pool.close();
      },
    };
  } catch (error) {
    await pool.close();
    throw explain(error, place);
  }
}

/** @returns the tables that there are */
async function begin(lease: Lease): Promise<ReadonlySet<string>> {
  await lease.query({ sql: "set session transaction isolation level repeatable read" });
  await lease.query({ sql: "start transaction with consistent snapshot, read only" });
  const [rows] = await lease.query({
    sql: `select table_name from information_schema.tables
      where table_schema = database() and table_type = 'BASE TABLE' and table_name not like 'unity\\_before\\_%'`,
    rowsAsArray: true,
  });
  const tables = (rows as unknown[][]).map(([name]) => String(name));
  // A table that is written anew after this instant cannot be read any more; one that was looked at is not written anew.
  for (const table of tables) await lease.query({ sql: `select 1 from "${table.replaceAll('"', '""')}" limit 1` });
  return new Set(tables);
}

/** @returns undefined while nothing was made; of a migration that was interrupted, what was before it */
async function readApplied(lease: Lease): Promise<number | undefined> {
  const [rows] = await lease.query({
    sql: "select max(created_at) from __drizzle_migrations where done >= statements",
    rowsAsArray: true,
  });
  const [[at] = []] = rows as unknown[][];
  return typeof at === "number" ? at : undefined;
}
