import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** Every column of a table to what an insert brought. @param incoming how a dialect calls it */
export function replaceAll(table: PgTable, incoming: (column: string) => string): Record<string, SQL> {
  const columns = Object.keys(getTableColumns(table));
  return Object.fromEntries(columns.map((key) => [key, sql.raw(incoming(snakeCase(key)))]));
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
