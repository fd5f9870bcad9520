import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import { createConnection, type Pool, type QueryOptions, type RowDataPacket } from "mysql2/promise";
import { mysql as columns } from "../../drizzle/dialects/mysql";
import { defineSchema } from "../../drizzle/schema";
import type { Connection, Database, Dialect } from "./database";
import { parseDatabaseUrl, type ServerPlace } from "./database-place";
import type { KeepFormer } from "./former-tables";
import { createMysqlEngine } from "./mysql-engine";
import { migrateMysql } from "./mysql-migrate";
import { createMysqlPool, type Lease, type MysqlPool } from "./mysql-pool";
import { type Flavour, optionsOf } from "./mysql-session";
import { readMigrations } from "./read-migrations";
import { replaceAll } from "./replace-all";
import { DatabaseUnusable, explain } from "./server-error";

/** Readers and the configuration; one more connection writes samples. */
const READERS = 3;
/** The first that turn a JSON list into a table, and mind a space at the end of a name. */
const OLDEST = { mariadb: "10.6", mysql: "8.0.17" };

/**
 * Opens and migrates a database of MySQL or MariaDB that is there. @param keep what there is before it is changed
 * @throws DatabaseUnusable; Error when it was made by a newer version
 */
export async function openMysql(
  url: string,
  { migrationsFolder, keep }: { migrationsFolder: string; keep?: KeepFormer | undefined },
): Promise<Connection> {
  const place = parseDatabaseUrl(url);
  if (place.kind !== "mysql") throw new Error(`${place.shown} is neither MySQL nor MariaDB.`);
  try {
    const { flavour, version } = await readMysqlVersion(place);
    const migrations = readMigrations(migrationsFolder);
    const migrated = await migrateMysql({ place, flavour, version, migrations, keep });
    const read = createMysqlPool(place, { connections: READERS, flavour });
    const write = createMysqlPool(place, { connections: 1, flavour });
    return {
      db: createMysqlDatabase(read),
      schema: defineSchema(columns),
      dialect,
      engine: createMysqlEngine({ read, write, flavour }),
      version,
      migrated,
      // Its undo and redo logs keep what rows held for a while; nobody but its administrator can change that.
      async scrub() {},
      close: async () => void (await Promise.all([read.close(), write.close()])),
    };
  } catch (error) {
    throw explain(error, place);
  }
}

/** @throws DatabaseUnusable when it is too old; what the driver throws */
export async function readMysqlVersion(place: ServerPlace): Promise<{ flavour: Flavour; version: string }> {
  const connection = await createConnection(optionsOf(place));
  try {
    const [[row]] = await connection.query<RowDataPacket[]>("select version() as version");
    const said = String(row?.version);
    const flavour = /mariadb/i.test(said) ? "mariadb" : "mysql";
    const number = /\d+(\.\d+)*/.exec(said.replace(/^5\.5\.5-/, ""))?.[0] ?? said;
    const name = flavour === "mariadb" ? "MariaDB" : "MySQL";
    const oldest = OLDEST[flavour];
    if (number.localeCompare(oldest, "en", { numeric: true }) < 0)
      throw new DatabaseUnusable(`${place.shown} is ${name} ${number}. Unity needs ${oldest} or newer.`, "too_old");
    return { flavour, version: `${name} ${number}` };
  } finally {
    connection.destroy();
  }
}

export function createMysqlDatabase(pool: Pick<MysqlPool, "query" | "take">): Database {
  const client = {
    query: pool.query,
    async getConnection() {
      const lease = await pool.take();
      return {
        query: (options: QueryOptions, values?: unknown[]) => queryOfTransaction(lease, options, values),
        release: lease.release,
      };
    },
  };
  // Drizzle uses no more of a pool than these. The schema and its queries are written for PostgreSQL's types; what they use is the
  // same in both dialects.
  return drizzle(client as unknown as Pool, { casing: "snake_case" }) as unknown as Database;
}

/** Drizzle's transactions leave a connection behind that does not begin, and hide why they failed where it does not roll back. */
async function queryOfTransaction(lease: Lease, options: QueryOptions, values?: unknown[]) {
  try {
    return await lease.query(options, values);
  } catch (error) {
    if (options.sql === "rollback") return [{}];
    if (options.sql === "begin") lease.release();
    throw error;
  }
}

const dialect: Dialect = {
  name: "mysql",
  async insertIgnore(db, table, rows) {
    if (rows.length === 0) return;
    // Not `insert ignore`, which would cut and bend what does not fit, too: a column of the row that is there stays what it is.
    const [kept] = Object.entries(replaceAll(table, (column) => `\`${column}\``));
    const set = Object.fromEntries(kept ? [kept] : []);
    await own(db)
      .insert(table as never)
      .values(rows as never)
      .onDuplicateKeyUpdate({ set: set as never });
  },
  async upsert(db, table, rows) {
    if (rows.length === 0) return;
    const set = replaceAll(table, (column) => `values(\`${column}\`)`);
    await own(db)
      .insert(table as never)
      .values(rows as never)
      .onDuplicateKeyUpdate({ set: set as never });
  },
  async updateCounted(db, table, set, where) {
    const [{ affectedRows, info }] = await own(db)
      .update(table as never)
      .set(set as never)
      .where(where);
    // The count leaves out rows that had these values already; the message does not.
    return Number(/Rows matched: (\d+)/.exec(info)?.[1] ?? affectedRows);
  },
  async deleteCounted(db, table, where) {
    const [{ affectedRows }] = await own(db)
      .delete(table as never)
      .where(where);
    return affectedRows;
  },
};

const own = (db: Database) => db as unknown as MySql2Database;
