import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { configurationTables, copyPrefix, outdatedCopies } from "./configuration-tables";
import type { ServerPlace } from "./database-place";
import { type FormerTable, type KeepFormer, readFormerTables } from "./former-tables";
import { type Flavour, optionsOf } from "./mysql-session";
import { pendingAfter, refuseNewer } from "./pending-migrations";
import { codeOf } from "./server-error";
import type { Migrated, Migration } from "./sqlite-protocol";

const WAIT_FOR_OTHERS_SECONDS = 600;
/** Of these two, a space at the end makes a difference. */
const COLLATIONS = { mariadb: "utf8mb4_nopad_bin", mysql: "utf8mb4_0900_bin" };
/** What is said of a statement that was run, but not noted, before the process was killed. */
const DONE_ALREADY = new Set([
  "ER_TABLE_EXISTS_ERROR",
  "ER_DUP_FIELDNAME",
  "ER_DUP_KEYNAME",
  "ER_FK_DUP_NAME",
  "ER_DUP_CONSTRAINT_NAME",
  "ER_CANT_DROP_FIELD_OR_KEY",
  "ER_BAD_TABLE_ERROR",
  "ER_MULTIPLE_PRI_KEY",
]);

interface Work {
  readonly place: ServerPlace;
  readonly flavour: Flavour;
  /** As "MariaDB 11.4". */
  readonly version: string;
  readonly migrations: readonly Migration[];
  readonly keep: KeepFormer | undefined;
}
/** A migration as it is noted: how many of its statements were run. */
type Noted = { at: number; hash: string; done: number; statements: number };

/**
 * Applies what is missing. Each statement commits by itself here, so it is noted, and a migration that was killed goes on where it
 * was. Processes that start at once wait for each other.
 * @throws Error when the database was made by a newer version
 */
export async function migrateMysql(work: Work): Promise<Migrated> {
  const connection = await createConnection(optionsOf(work.place));
  try {
    await connection.query("set session sql_mode = 'STRICT_ALL_TABLES', default_storage_engine = InnoDB");
    await waitForOthers(connection, work.place);
    return await migrate(connection, work);
  } finally {
    // The lock goes with the connection.
    connection.destroy();
  }
}

async function waitForOthers(connection: Connection, { shown, database }: ServerPlace): Promise<void> {
  const name = `unity ${database}`.slice(0, 64);
  const [row] = await readRows(connection, "select get_lock(?, ?) as got", [name, WAIT_FOR_OTHERS_SECONDS]);
  if (row?.got !== 1) throw new Error(`${shown} is being changed by another Unity for 10 min. Is that one stuck?`);
}

async function migrate(connection: Connection, work: Work): Promise<Migrated> {
  const { place, flavour, migrations, version, keep } = work;
  await connection.query(`create table if not exists __drizzle_migrations (
    id int auto_increment primary key, hash char(64) not null, created_at bigint not null unique,
    done int not null, statements int not null)`);
  const noted = await readNoted(connection);
  const newest = Math.max(0, ...noted.map(({ at }) => at));
  refuseNewer(place.shown, newest, migrations);
  const finished = Math.max(0, ...noted.filter(({ done, statements }) => done >= statements).map(({ at }) => at));
  const pending = pendingAfter(finished, migrations);
  // One that was interrupted has its copies from the first time.
  const isUpdate = finished > 0 && finished === newest && pending.length > 0;
  const archive = isUpdate
    ? await keep?.({ version, shown: place.shown, level: finished, tables: await readFormer(connection, migrations) })
    : undefined;
  const backup = isUpdate ? await copyConfiguration(connection, migrations) : null;
  for (const migration of pending) {
    await apply(connection, { migration, flavour, noted: noted.find(({ at }) => at === migration.at) });
  }
  return { applied: pending.length, backup, archive };
}

const readFormer = (connection: Connection, migrations: readonly Migration[]): Promise<FormerTable[]> =>
  readFormerTables(
    {
      query: (sql, params) => readRows(connection, sql, [...params]),
      schema: "database()",
      quote: (name) => `\`${name}\``,
      parameter: () => "?",
    },
    configurationTables(migrations),
  );

async function readNoted(connection: Connection): Promise<Noted[]> {
  const rows = await readRows(connection, "select created_at as at, hash, done, statements from __drizzle_migrations");
  return rows.map(({ at, hash, done, statements }) => ({
    at: Number(at),
    hash: String(hash),
    done: Number(done),
    statements: Number(statements),
  }));
}

async function apply(
  connection: Connection,
  { migration, flavour, noted }: { migration: Migration; flavour: Flavour; noted: Noted | undefined },
): Promise<void> {
  const { hash, at } = migration;
  const statements = migration.statements.map((sql) => sql.replaceAll("utf8mb4_bin", COLLATIONS[flavour]));
  if (!noted) {
    await connection.query(
      "insert into __drizzle_migrations (hash, created_at, done, statements) values (?, ?, 0, ?)",
      [hash, at, statements.length],
    );
  }
  const start = noted?.done ?? 0;
  for (const [offset, sql] of statements.slice(start).entries()) {
    const isInterrupted = noted !== undefined && offset === 0;
    await connection.query("begin");
    await connection.query(sql).catch((error: unknown) => {
      if (!isInterrupted || !isDone(error)) throw error;
    });
    // Together with the statement where that changed rows only; one that changes tables has committed by itself.
    await connection.query("update __drizzle_migrations set done = ? where created_at = ?", [start + offset + 1, at]);
    await connection.query("commit");
  }
}

/** MariaDB has no code of its own for a foreign key that is there. */
const isDone = (error: unknown) =>
  DONE_ALREADY.has(codeOf(error)) || (error instanceof Error && error.message.includes("errno: 121"));

async function copyConfiguration(connection: Connection, migrations: readonly Migration[]): Promise<string> {
  const rows = await readRows(
    connection,
    "select table_name as name from information_schema.tables where table_schema = database()",
  );
  const there = rows.map(({ name }) => String(name));
  const prefix = copyPrefix(new Date());
  for (const table of configurationTables(migrations)) {
    if (!there.includes(table)) continue;
    // Of a process that was killed in the middle of it, within this second: nothing has changed since.
    await connection.query(`drop table if exists \`${prefix}${table}\``);
    await connection.query(`create table \`${prefix}${table}\` like \`${table}\``);
    await connection.query(`insert into \`${prefix}${table}\` select * from \`${table}\``);
  }
  for (const table of outdatedCopies(there)) await connection.query(`drop table \`${table}\``);
  return `tables ${prefix}*`;
}

async function readRows(connection: Connection, sql: string, values: unknown[] = []): Promise<RowDataPacket[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql, values);
  return rows;
}
