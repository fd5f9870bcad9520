import * as s from "drizzle-orm/sqlite-core";
import type { Vocabulary } from "./postgres";
import { storableJson, storableText } from "./storable";

const text = s.customType<{ data: string; driverData: string }>({ dataType: () => "text", toDriver: storableText });
const json = s.customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  toDriver: storableJson,
  fromDriver: (read) => JSON.parse(read),
});

const columns = {
  table: s.sqliteTable,
  id: () => s.text(),
  serial: () => s.integer(),
  key: () => text(),
  text: () => text(),
  bool: () => s.integer({ mode: "boolean" }),
  int: () => s.integer(),
  long: () => s.integer({ mode: "number" }),
  real: () => s.real(),
  time: () => s.integer({ mode: "number" }),
  blob: () => s.blob({ mode: "buffer" }),
  json: <T>() => json().$type<T>(),
  oneOf: <const T extends [string, ...string[]]>(values: T) => s.text({ enum: values }),
  index: s.index,
  unique: s.uniqueIndex,
  primaryKey: s.primaryKey,
} satisfies Record<keyof Vocabulary, unknown>;

// The schema is written against PostgreSQL's types; these columns are their SQLite counterparts, one by one.
export const sqlite = columns as unknown as Vocabulary;
