import { getTableColumns, getTableName } from "drizzle-orm";
import { toCamelCase, toSnakeCase } from "drizzle-orm/casing";
import { postgres } from "../../drizzle/dialects/postgres";
import { defineSchema } from "../../drizzle/schema";

/** A table as it was before an update: read without the schema, which is that of after. */
export interface FormerTable {
  readonly name: string;
  /** As the schema would name them: in the order of the table. */
  readonly columns: readonly string[];
  /** All of them, some at a time, by the same names: instants in milliseconds, JSON as values. */
  rows(): AsyncGenerator<Record<string, unknown>[]>;
}

/** What an update is about to change. */
export interface Former {
  /** Of the database's program, as "PostgreSQL 16.4". */
  readonly version: string;
  /** For people. */
  readonly shown: string;
  /** Which migration was the last: that of the next update is another. */
  readonly level: number;
  /** Those of the configuration, as `configurationTables` names them. */
  readonly tables: readonly FormerTable[];
}

/**
 * Keeps what there is before an update. @returns where; undefined where it cannot be kept, and need not be
 * @throws Error that says what to do: nothing is changed then
 */
export type KeepFormer = (former: Former) => Promise<string | undefined>;

/** How a server is asked while it is updated. */
export interface FormerServer {
  query(sql: string, params: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** An SQL expression for the schema that the tables are in. */
  readonly schema: string;
  quote(name: string): string;
  /** The n-th parameter, from 1. */
  parameter(place: number): string;
}

/** Some have snapshots of tens of kilobytes. */
const ROWS_PER_QUERY = 200;

/** The tables of these names that are there. */
export async function readFormerTables(server: FormerServer, names: readonly string[]): Promise<FormerTable[]> {
  const found = await server.query(
    `select table_name as name, column_name as col, data_type as type from information_schema.columns
     where table_schema = ${server.schema} order by table_name, ordinal_position`,
    [],
  );
  const known = nameColumns();
  return names.flatMap((name) => {
    const columns = found
      .filter((row) => row.name === name)
      .map(({ col, type }) => {
        const column = String(col);
        return {
          name: column,
          key: known.get(`${name}.${column}`) ?? toCamelCase(column),
          decode: decoderOf(String(type)),
        };
      });
    if (columns.length === 0) return [];
    return [{ name, columns: columns.map(({ key }) => key), rows: () => readRows(server, name, columns) }];
  });
}

/** As the schema names those that it still has. */
function nameColumns(): ReadonlyMap<string, string> {
  const tables = Object.values(defineSchema(postgres));
  return new Map(
    tables.flatMap((table) =>
      Object.keys(getTableColumns(table)).map((key) => [`${getTableName(table)}.${toSnakeCase(key)}`, key] as const),
    ),
  );
}

interface Column {
  readonly name: string;
  readonly key: string;
  decode(value: unknown): unknown;
}

async function* readRows(
  server: FormerServer,
  table: string,
  columns: readonly Column[],
): AsyncGenerator<Record<string, unknown>[]> {
  // Every table has one that tells its rows apart: an id, or the first of its columns.
  const key = columns.find(({ name }) => name === "id") ?? columns[0];
  if (!key) return;
  const [list, by] = [columns.map(({ name }) => server.quote(name)).join(", "), server.quote(key.name)];
  for (let after: unknown; ; ) {
    const where = after === undefined ? "" : `where ${by} > ${server.parameter(1)}`;
    const rows = await server.query(
      `select ${list} from ${server.quote(table)} ${where} order by ${by} limit ${ROWS_PER_QUERY}`,
      after === undefined ? [] : [after],
    );
    if (rows.length > 0)
      yield rows.map((row) => Object.fromEntries(columns.map(({ name, key: to, decode }) => [to, decode(row[name])])));
    if (rows.length < ROWS_PER_QUERY) return;
    after = rows.at(-1)?.[key.name];
  }
}

/** The vocabulary of the schema is small (`drizzle/dialects`), and each word of it has a type of its own in either database. */
function decoderOf(type: string): Column["decode"] {
  const unlessNull = (decode: Column["decode"]) => (value: unknown) =>
    value === null || value === undefined ? null : decode(value);
  // MariaDB keeps JSON as a text that is longer than any other.
  if (/^(jsonb?|longtext)$/.test(type)) return unlessNull((value) => JSON.parse(String(value)));
  if (type === "tinyint" || type === "boolean") return unlessNull((value) => value === true || value === 1);
  if (type === "datetime") return unlessNull((value) => Date.parse(`${String(value).replace(" ", "T")}Z`));
  if (type.startsWith("timestamp")) return unlessNull((value) => new Date(value as string | Date).getTime());
  return unlessNull((value) => value);
}
