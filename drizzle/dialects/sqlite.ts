import * as s from "drizzle-orm/sqlite-core";
import type { Vocabulary } from "./postgres";

const columns = {
  table: s.sqliteTable,
  id: () => s.text(),
  serial: () => s.integer(),
  key: () => s.text(),
  text: () => s.text(),
  bool: () => s.integer({ mode: "boolean" }),
  int: () => s.integer(),
  long: () => s.integer({ mode: "number" }),
  real: () => s.real(),
  time: () => s.integer({ mode: "number" }),
  blob: () => s.blob({ mode: "buffer" }),
  json: <T>() => s.text({ mode: "json" }).$type<T>(),
  oneOf: <const T extends [string, ...string[]]>(values: T) => s.text({ enum: values }),
  index: s.index,
  unique: s.uniqueIndex,
  primaryKey: s.primaryKey,
} satisfies Record<keyof Vocabulary, unknown>;

// The schema is written against PostgreSQL's types; these columns are their SQLite counterparts, one by one.
export const sqlite = columns as unknown as Vocabulary;
