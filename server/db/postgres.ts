import { drizzle } from "drizzle-orm/postgres-js";
import { postgres as columns } from "../../drizzle/dialects/postgres";
import { defineSchema } from "../../drizzle/schema";
import type { Connection, Database, Dialect } from "./database";
import { parseDatabaseUrl, type ServerPlace } from "./database-place";
import { createPostgresEngine } from "./postgres-engine";
import { migratePostgres } from "./postgres-migrate";
import { type Client, connect, createPostgresPool, type PostgresPool } from "./postgres-pool";
import { readMigrations } from "./read-migrations";
import { replaceAll } from "./replace-all";
import { DatabaseUnusable, explain } from "./server-error";

/** Readers and the configuration; one more connection writes samples. */
const READERS = 3;
/** What is tested; older ones get no corrections any more. */
const OLDEST = 13;

/**
 * Opens and migrates a database that is there.
 * @throws DatabaseUnusable; Error when it was made by a newer version
 */
export async function openPostgres(
  url: string,
  { migrationsFolder }: { migrationsFolder: string },
): Promise<Connection> {
  const place = parseDatabaseUrl(url);
  if (place.kind !== "postgres") throw new Error(`${place.shown} is no PostgreSQL.`);
  try {
    const version = await readVersion(place);
    const migrated = await migratePostgres(place, readMigrations(migrationsFolder));
    const read = createPostgresPool(place, { connections: READERS });
    const write = createPostgresPool(place, { connections: 1 });
    return {
      db: createDatabase(read),
      schema: defineSchema(columns),
      dialect,
      engine: createPostgresEngine({ read, write }),
      version,
      migrated,
      close: async () => void (await Promise.all([read.close(), write.close()])),
    };
  } catch (error) {
    throw explain(error, place);
  }
}

async function readVersion(place: ServerPlace): Promise<string> {
  const client = connect(place, 1);
  try {
    const [row] = await client`select current_setting('server_version') as version`;
    const version = String(row?.version).split(" ")[0];
    if (Number.parseInt(version ?? "", 10) < OLDEST)
      throw new DatabaseUnusable(`${place.shown} is version ${version}. Unity needs ${OLDEST} or newer.`, "too_old");
    return `PostgreSQL ${version}`;
  } finally {
    await client.end({ timeout: 1 });
  }
}

function createDatabase(pool: PostgresPool): Database {
  const unsafe = (text: string, params: never[], options?: { prepare?: boolean }) => {
    const run = () => pool.use(async (client) => await client.unsafe(text, params, options));
    return {
      values: () => pool.use(async (client) => await client.unsafe(text, params, options).values()),
      // biome-ignore lint/suspicious/noThenProperty: it is awaited, as the driver's own queries are
      then: (...handlers: Parameters<Promise<unknown>["then"]>) => run().then(...handlers),
    };
  };
  const client = { options: { parsers: {}, serializers: {} }, unsafe, begin: pool.begin };
  // Drizzle uses no more of a client than these. What stands for all databases has the queries of every PostgreSQL driver.
  return drizzle(client as unknown as Client, { casing: "snake_case" }) as unknown as Database;
}

const dialect: Dialect = {
  name: "postgres",
  async insertIgnore(db, table, rows) {
    if (rows.length > 0) await db.insert(table).values(rows).onConflictDoNothing();
  },
  async upsert(db, table, row, key) {
    const set = replaceAll(table, (column) => `excluded."${column}"`);
    await db
      .insert(table)
      .values(row)
      .onConflictDoUpdate({ target: key, set: set as never });
  },
};
