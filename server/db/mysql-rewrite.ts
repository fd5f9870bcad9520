import type { MysqlPool } from "./mysql-pool";
import type { SqlEngine } from "./sql-engine";

/**
 * Pages as the table counts them; in larger tables the room that InnoDB keeps does not matter, and what is deleted is filled again. It
 * bounds the time, too: a few seconds, and as much of the disk meanwhile.
 */
const MOST_BYTES = 64_000_000;
/** Whoever reads the table meanwhile, a backup say, is not waited for, because everybody else would wait behind it. */
const WAIT_SECONDS = 2;

/** How much of a file is to be air before it is written anew, as a share of the pages that have rows or are kept for them. */
export const AIR = {
  /** After much was deleted, which may be several times a day. */
  deleted: 1,
  /** Once a night. InnoDB keeps 8 to 15 MB free in each table that has more than one: for a small home more than its samples take. */
  night: 1 / 8,
};

/**
 * Writes those of the tables anew that hold much air, with full pages. Others read and write them meanwhile. Where that does not
 * succeed, for somebody reads the table all the time or the disk is full, they stay as they are until the next time.
 */
export async function rewriteAiry(
  { read, query }: { read: MysqlPool; query: SqlEngine["query"] },
  tables: readonly string[],
  air: number,
): Promise<void> {
  const rows = await query(
    `select table_name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'
     and data_free > data_length * ? and data_length < ?`,
    [air, MOST_BYTES],
  );
  const airy = new Set(rows.map(([table]) => String(table)));
  for (const table of tables) if (airy.has(table)) await rewrite(read, table);
}

async function rewrite(read: MysqlPool, table: string): Promise<void> {
  const lease = await read.take();
  try {
    await lease.query({ sql: `set session lock_wait_timeout = ${WAIT_SECONDS}` });
    // InnoDB makes a copy beside the table. What went wrong is in the rows of its answer.
    await lease.query({ sql: `optimize local table "${table}"` });
  } finally {
    // A connection that cannot do this is lost.
    await lease.query({ sql: "set session lock_wait_timeout = default" }).catch(() => undefined);
    lease.release();
  }
}
