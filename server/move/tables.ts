import { getTableColumns, getTableName } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { postgres } from "../../drizzle/dialects/postgres";
import { defineSchema, type Schema } from "../../drizzle/schema";

/** A table of the configuration, as an archive has it. Every table of the schema is one that is not left out: a new one is moved without a word here. */
export interface MovedTable {
  readonly name: string;
  readonly table: PgTable;
  readonly columns: Record<string, PgColumn>;
  /** The column that tells its rows apart, by its names in the schema: its primary key, or the id in one of several columns. */
  readonly key: string;
  readonly keyColumn: PgColumn;
  /** What its rows must be like. */
  readonly row: z.ZodType<Record<string, unknown>>;
}

/** Tables that stay behind, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  plugin_leases: "which process collects what at this moment: they agree on it anew",
  sessions: "who is signed in: whoever holds a copy would be, too",
  verifications: "what is valid for minutes, and lets in whoever knows it",
};

/** The list of runs, which is taken along when that is asked for: it is long, and of interest for a week. */
export const RUNS = "plugin_executions";

/** Those that others point at come first, as in the schema. */
export function listTables(schema: Schema): MovedTable[] {
  // PostgreSQL's columns say the same of themselves whichever database is at hand.
  const known = defineSchema(postgres);
  const taken = Object.entries(schema).filter(([, table]) => !Object.hasOwn(LEFT_OUT, getTableName(table)));
  return taken.map(([name, table]) => {
    const columns: Record<string, PgColumn> = getTableColumns(table);
    const [key, keyColumn] = Object.entries(columns).find(([name, { primary }]) => primary || name === "id") ?? [];
    if (!key || !keyColumn) throw new Error(`The table ${name} has no column that tells its rows apart.`);
    return { name: getTableName(table), table, columns, key, keyColumn, row: rowOf(known[name as keyof Schema]) };
  });
}

function rowOf(table: PgTable): z.ZodType<Record<string, unknown>> {
  const columns: Record<string, PgColumn> = getTableColumns(table);
  return z.object(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cellOf(column)])));
}

/** What an archive has no value for, because an older version made it, is what a new row has. */
function cellOf(column: PgColumn): z.ZodType {
  const value = kindOf(column);
  if (!column.notNull) return value.nullable().optional();
  return column.hasDefault ? value.optional() : value;
}

function kindOf(column: PgColumn): z.ZodType {
  const { dataType, enumValues } = column;
  const type = column.getSQLType();
  if (enumValues && enumValues.length > 0) return z.enum(enumValues as [string, ...string[]]);
  if (type === "boolean") return z.boolean();
  if (type.startsWith("timestamp")) return z.number().int().min(0).max(8.64e15);
  if (dataType === "number") return z.number();
  if (type.startsWith("json")) return z.unknown().refine((given) => given !== undefined, "is missing");
  if (type.startsWith("varchar") || type === "text") return z.string().max(1 << 24);
  throw new Error(`A column of type ${type} cannot be moved yet: say in tables.ts what its values are.`);
}
