import { asc, gt } from "drizzle-orm";
import type { Database } from "../db/database";
import type { Piece, Row } from "./piece";
import type { MovedTable } from "./tables";

/** Rows with snapshots have tens of kilobytes. */
const ROWS_PER_QUERY = 200;
/** Of the settings, what the engine keeps for itself; see `moving.ts`, `open-database-name.ts` and the first version's store. */
export const OF_THE_ENGINE = /^(moving$|metricsDatabase$|metrics_)/;

/** All rows of a table in order of their keys, some at a time. */
export async function* readRows(
  db: Database,
  { name, table, key, keyColumn }: MovedTable,
): AsyncGenerator<Piece & { kind: "rows" }> {
  for (let after: unknown; ; ) {
    const page: Row[] = await db
      .select()
      .from(table)
      .where(after === undefined ? undefined : gt(keyColumn, after))
      .orderBy(asc(keyColumn))
      .limit(ROWS_PER_QUERY);
    const rows = name === "settings" ? page.filter((row) => !OF_THE_ENGINE.test(String(row[key]))) : page;
    if (rows.length > 0) yield { kind: "rows", table: name, rows };
    if (page.length < ROWS_PER_QUERY) return;
    after = page.at(-1)?.[key];
  }
}
