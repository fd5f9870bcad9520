import { sql } from "drizzle-orm";
import { postgres as columns } from "../../drizzle/dialects/postgres";
import { defineSchema } from "../../drizzle/schema";
import type { Connection, Dialect } from "./database";
import { parseDatabaseUrl, type ServerPlace } from "./database-place";
import type { KeepFormer } from "./former-tables";
import { createDrizzle } from "./postgres-drizzle";
import { createPostgresEngine } from "./postgres-engine";
import { migratePostgres } from "./postgres-migrate";
import { createPostgresPool } from "./postgres-pool";
import { openSession } from "./postgres-session";
import { readMigrations } from "./read-migrations";
import { replaceAll } from "./replace-all";
import { DatabaseUnusable, explain } from "./server-error";

/** Readers and the configuration; one more connection writes samples. */
const READERS = 3;
/** What is tested; older ones get no corrections any more. */
const OLDEST = 13;

/**
 * Opens and migrates a database that is there. @param keep what there is before it is changed
 * @throws DatabaseUnusable; Error when it was made by a newer version
 */
export async function openPostgres(
  url: string,
  { migrationsFolder, keep }: { migrationsFolder: string; keep?: KeepFormer | undefined },
): Promise<Connection> {
  const place = parseDatabaseUrl(url);
  if (place.kind !== "postgres") throw new Error(`${place.shown} is no PostgreSQL.`);
  try {
    const version = await readVersion(place);
    const migrated = await migratePostgres(place, { migrations: readMigrations(migrationsFolder), version, keep });
    const read = createPostgresPool(place, { connections: READERS });
    const write = createPostgresPool(place, { connections: 1 });
    return {
      db: createDrizzle(read),
      schema: defineSchema(columns),
      dialect,
      engine: createPostgresEngine({ read, write }),
      version,
      migrated,
      // Its own vacuum and its log keep what rows held for a while; nobody but its administrator can change that.
      async scrub() {},
      close: async () => void (await Promise.all([read.close(), write.close()])),
    };
  } catch (error) {
    throw explain(error, place);
  }
}

async function readVersion(place: ServerPlace): Promise<string> {
  const session = await openSession(place);
  try {
    const [row] = await session.query(
      "select current_setting('server_version') as version, current_setting('server_encoding') as encoding",
    );
    const version = String(row?.version).split(" ")[0];
    if (Number.parseInt(version ?? "", 10) < OLDEST)
      throw new DatabaseUnusable(`${place.shown} is version ${version}. Unity needs ${OLDEST} or newer.`, "too_old");
    if (row?.encoding !== "UTF8")
      throw new DatabaseUnusable(
        `${place.shown} keeps text as ${row?.encoding}, which cannot hold every name. Create a database with encoding 'UTF8'.`,
        "wrong_encoding",
      );
    return `PostgreSQL ${version}`;
  } finally {
    session.end();
  }
}

const dialect: Dialect = {
  name: "postgres",
  async insertIgnore(db, table, rows) {
    if (rows.length > 0) await db.insert(table).values(rows).onConflictDoNothing();
  },
  async upsert(db, table, rows, key) {
    if (rows.length === 0) return;
    const set = replaceAll(table, (column) => `excluded."${column}"`);
    await db
      .insert(table)
      .values(rows)
      .onConflictDoUpdate({ target: key, set: set as never });
  },
  updateCounted: async (db, table, set, where) => (await db.update(table).set(set).where(where).returning(ONE)).length,
  deleteCounted: async (db, table, where) => (await db.delete(table).where(where).returning(ONE)).length,
};

const ONE = { one: sql<number>`1` };
