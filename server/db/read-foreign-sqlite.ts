import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";

export interface ForeignRow {
  readonly [column: string]: unknown;
}

/** A person has hundreds of monitors, not more. */
const MOST_ROWS = 5_000;
/** Of one value: what is larger is no setting. */
const MOST_TEXT = 200_000;

/**
 * Reads some tables of another program's SQLite database from a copy that is thrown away: what is in the file is never run, and the file
 * itself is not even opened. Tables that are not there are empty; views and virtual tables are taken for none.
 * @param source the file's bytes, or where it lies @returns null for what is no SQLite database @throws what the file system throws
 */
export async function readForeignSqlite(
  source: Uint8Array | string,
  tables: readonly string[],
): Promise<ReadonlyMap<string, readonly ForeignRow[]> | null> {
  const folder = await mkdtemp(join(tmpdir(), "unity-import-"));
  const file = join(folder, "copy.db");
  try {
    if (typeof source === "string") await copyFile(source, file);
    else await writeFile(file, source, { mode: 0o600 });
    return readTables(file, tables);
  } catch (error) {
    if (isNoDatabase(error)) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readTables(file: string, tables: readonly string[]): ReadonlyMap<string, readonly ForeignRow[]> {
  const database = new Database(file, { readonly: true });
  try {
    database.exec("pragma trusted_schema = off");
    database.exec("pragma query_only = on");
    const plain = new Set(
      (
        database.prepare("select name, sql from sqlite_master where type = 'table'").all() as {
          name: string;
          sql: string | null;
        }[]
      )
        .filter(({ sql }) => /^\s*create\s+table\b/i.test(sql ?? ""))
        .map(({ name }) => name),
    );
    return new Map(tables.map((table) => [table, plain.has(table) ? readRows(database, table) : []]));
  } finally {
    database.close();
  }
}

function readRows(database: Database.Database, table: string): ForeignRow[] {
  const rows = database.prepare(`select * from "${table}" limit ${MOST_ROWS}`).all() as ForeignRow[];
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([, value]) => typeof value !== "string" || value.length <= MOST_TEXT),
    ),
  );
}

/** Damaged, cut off, or something else altogether. */
function isNoDatabase(error: unknown): boolean {
  const said = error instanceof Error ? error.message : "";
  return /not a database|malformed|disk image|SQLITE_(NOTADB|CORRUPT)/i.test(said);
}
