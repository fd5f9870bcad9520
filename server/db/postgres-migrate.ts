import { configurationTables, copyPrefix, outdatedCopies } from "./configuration-tables";
import type { ServerPlace } from "./database-place";
import { pendingAfter, refuseNewer } from "./pending-migrations";
import { connect, type Transaction } from "./postgres-pool";
import type { Migrated, Migration } from "./sqlite-protocol";

/** Of the lock that processes which start at once wait for: "unity" in ASCII. */
const LOCK = 0x756e697479;
const WAIT_FOR_OTHERS_MS = 600_000;

/**
 * Applies what is missing, all or nothing, copies of the configuration included. Processes that start at once wait for each other.
 * @throws Error when the database was made by a newer version
 */
export async function migratePostgres(place: ServerPlace, migrations: readonly Migration[]): Promise<Migrated> {
  const patience = { statement_timeout: "0", lock_timeout: String(WAIT_FOR_OTHERS_MS) };
  const client = connect(place, 1, patience);
  try {
    return await client.begin((transaction) => migrate(transaction, { place, migrations }));
  } finally {
    await client.end({ timeout: 1 });
  }
}

async function migrate(
  transaction: Transaction,
  { place, migrations }: { place: ServerPlace; migrations: readonly Migration[] },
): Promise<Migrated> {
  await transaction`select pg_advisory_xact_lock(${LOCK}::bigint)`;
  const applied = await lastApplied(transaction);
  refuseNewer(place.shown, applied, migrations);
  const pending = pendingAfter(applied, migrations);
  if (pending.length === 0) return { applied: 0, backup: null };
  const backup = applied > 0 ? await copyConfiguration(transaction, migrations) : null;
  for (const { statements, hash, at } of pending) {
    for (const statement of statements) await transaction.unsafe(statement);
    await transaction`insert into __drizzle_migrations (hash, created_at) values (${hash}, ${at})`;
  }
  return { applied: pending.length, backup };
}

async function lastApplied(transaction: Transaction): Promise<number> {
  const [known] = await transaction`select to_regclass('__drizzle_migrations') is not null as known`;
  if (!known?.known) {
    await transaction`create table __drizzle_migrations
      (id integer generated always as identity primary key, hash text not null, created_at bigint not null)`;
  }
  const [row] = await transaction`select max(created_at) as at from __drizzle_migrations`;
  return Number(row?.at ?? 0);
}

async function copyConfiguration(transaction: Transaction, migrations: readonly Migration[]): Promise<string> {
  const rows = await transaction`select tablename from pg_tables where schemaname = current_schema()`;
  const there = rows.map(({ tablename }) => String(tablename));
  for (const table of outdatedCopies(there)) await transaction.unsafe(`drop table "${table}"`);
  const prefix = copyPrefix(new Date());
  for (const table of configurationTables(migrations)) {
    if (there.includes(table)) await transaction.unsafe(`create table "${prefix}${table}" as table "${table}"`);
  }
  return `tables ${prefix}*`;
}
