import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import type { Connection } from "../db/database";
import type { Row } from "./piece";
import type { MovedTable } from "./tables";

/** Some have snapshots of tens of kilobytes, and a server takes 16 MB at once. */
const ROWS_PER_INSERT = 20;
const NAME_LENGTH = 191;
const MOST_NAMES = 1_000;

/**
 * Puts rows into a table. What is there already stays, but for an instance that was changed later in the archive.
 * @returns instances that got another name, because theirs is taken
 * @throws ZodError for rows that are none of this table
 */
export async function putRows(connection: Connection, moved: MovedTable, rows: readonly Row[]): Promise<string[]> {
  const { db, dialect, schema } = connection;
  const checked = rows.map((row) => moved.row.parse(row));
  if (moved.table === schema.plugins) return putInstances(connection, checked);
  for (let start = 0; start < checked.length; start += ROWS_PER_INSERT)
    // Checked against the columns of this very table.
    await dialect.insertIgnore(db, moved.table, checked.slice(start, start + ROWS_PER_INSERT) as never);
  return [];
}

const InstanceRow = z.looseObject({ id: z.string(), plugin: z.string(), name: z.string(), updatedAt: z.number() });

async function putInstances({ db, dialect, schema: { plugins } }: Connection, rows: readonly Row[]): Promise<string[]> {
  const renamed: string[] = [];
  for (const row of rows) {
    const { id, plugin, name, updatedAt } = InstanceRow.parse(row);
    const [known] = await db.select({ updatedAt: plugins.updatedAt }).from(plugins).where(eq(plugins.id, id));
    if (known && known.updatedAt >= updatedAt) continue;
    const free = await freeName({ id, plugin, name });
    if (free !== name) renamed.push(free);
    await dialect.upsert(db, plugins, [{ ...row, name: free } as never], [plugins.id]);
  }
  return renamed;

  /** Two instances of a plugin have different names; another one may have this already. */
  async function freeName({ id, plugin, name }: { id: string; plugin: string; name: string }): Promise<string> {
    for (let round = 1; round < MOST_NAMES; round++) {
      const tried = round === 1 ? name : `${name.slice(0, NAME_LENGTH - 7)} (${round})`;
      const taken = await db
        .select({ id: plugins.id })
        .from(plugins)
        .where(and(eq(plugins.plugin, plugin), eq(plugins.name, tried), ne(plugins.id, id)));
      if (taken.length === 0) return tried;
    }
    throw new Error(`There are ${MOST_NAMES} instances of ${plugin} named like "${name}". Rename some of them.`);
  }
}
