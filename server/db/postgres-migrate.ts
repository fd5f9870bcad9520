import { configurationTables, copyPrefix, outdatedCopies } from "./configuration-tables";
import type { ServerPlace } from "./database-place";
import { type FormerTable, type KeepFormer, readFormerTables } from "./former-tables";
import { pendingAfter, refuseNewer } from "./pending-migrations";
import { inTransaction, openSession, type Session } from "./postgres-session";
import type { Migrated, Migration } from "./sqlite-protocol";

/** Of the lock that processes which start at once wait for: "unity" in ASCII. */
const LOCK = 0x756e697479;
const WAIT_FOR_OTHERS_MS = 600_000;

/**
 * Applies what is missing, all or nothing, copies of the configuration included. Processes that start at once wait for each other.
 * @throws Error when the database was made by a newer version
 */
export async function migratePostgres(place: ServerPlace, work: Work): Promise<Migrated> {
  const patience = {
    statement_timeout: "0",
    lock_timeout: String(WAIT_FOR_OTHERS_MS),
    // While what there is before is written to a disk.
    idle_in_transaction_session_timeout: "0",
  };
  const session = await openSession(place, { settings: patience });
  try {
    return await inTransaction(session, () => migrate(session, { place, ...work }));
  } finally {
    session.end();
  }
}

interface Work {
  readonly migrations: readonly Migration[];
  /** As "PostgreSQL 16.4". */
  readonly version: string;
  readonly keep: KeepFormer | undefined;
}

async function migrate(
  session: Session,
  { place, migrations, version, keep }: Work & { place: ServerPlace },
): Promise<Migrated> {
  await session.query(`select pg_advisory_xact_lock(${LOCK}::bigint)`);
  const applied = await lastApplied(session);
  refuseNewer(place.shown, applied, migrations);
  const pending = pendingAfter(applied, migrations);
  if (pending.length === 0) return { applied: 0, backup: null };
  const archive =
    applied > 0
      ? await keep?.({ version, shown: place.shown, level: applied, tables: await readFormer(session, migrations) })
      : undefined;
  const backup = applied > 0 ? await copyConfiguration(session, migrations) : null;
  for (const { statements, hash, at } of pending) {
    for (const statement of statements) await session.query(statement);
    await session.query("insert into __drizzle_migrations (hash, created_at) values ($1, $2)", { params: [hash, at] });
  }
  return { applied: pending.length, backup, archive };
}

const readFormer = (session: Session, migrations: readonly Migration[]): Promise<FormerTable[]> =>
  readFormerTables(
    {
      query: (sql, params) => session.query(sql, { params: params as (string | number)[] }),
      schema: "current_schema()",
      quote: (name) => `"${name}"`,
      parameter: (place) => `$${place}`,
    },
    configurationTables(migrations),
  );

async function lastApplied(session: Session): Promise<number> {
  const [known] = await session.query("select to_regclass('__drizzle_migrations') is not null as known");
  if (!known?.known) {
    await session.query(`create table __drizzle_migrations
      (id integer generated always as identity primary key, hash text not null, created_at bigint not null)`);
  }
  const [row] = await session.query("select max(created_at) as at from __drizzle_migrations");
  return Number(row?.at ?? 0);
}

async function copyConfiguration(session: Session, migrations: readonly Migration[]): Promise<string> {
  const rows = await session.query("select tablename from pg_tables where schemaname = current_schema()");
  const there = rows.map(({ tablename }) => String(tablename));
  for (const table of outdatedCopies(there)) await session.query(`drop table "${table}"`);
  const prefix = copyPrefix(new Date());
  for (const table of configurationTables(migrations)) {
    if (there.includes(table)) await session.query(`create table "${prefix}${table}" as table "${table}"`);
  }
  return `tables ${prefix}*`;
}
