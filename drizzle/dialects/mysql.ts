import * as my from "drizzle-orm/mysql-core";
import type { Vocabulary } from "./postgres";
import { storableJson, storableText } from "./storable";

/**
 * Names that differ in case, accents or a space at the end are different, as in the other dialects. The last is not so with
 * `utf8mb4_bin`: where a migration says it, the runner puts the one of the server at hand that minds it.
 */
const TEXT = "character set utf8mb4 collate utf8mb4_bin";

/** In UTC; a `datetime` knows no zone, so that none of server or connection changes it. */
const instant = my.customType<{ data: number; driverData: string }>({
  dataType: () => "datetime(3)",
  toDriver: (at) => new Date(at).toISOString().replace("T", " ").replace("Z", ""),
  fromDriver: (text) => Date.parse(`${text.replace(" ", "T")}Z`),
});

/** The connection hands JSON out as text, which is what MariaDB does anyway. */
const json = my.customType<{ data: unknown; driverData: string }>({
  dataType: () => "json",
  toDriver: storableJson,
  fromDriver: (text) => JSON.parse(text),
});

const text = (type: string) =>
  my.customType<{ data: string; driverData: string }>({ dataType: () => `${type} ${TEXT}`, toDriver: storableText })();

const bytes = my.customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => "mediumblob",
  toDriver: (data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength),
});

const columns = {
  table: my.mysqlTable,
  id: () => text("varchar(36)"),
  serial: () => my.int().autoincrement(),
  key: () => text("varchar(191)"),
  text: () => text("mediumtext"),
  bool: () => my.boolean(),
  int: () => my.int(),
  long: () => my.bigint({ mode: "number" }),
  real: () => my.double(),
  time: () => instant(),
  blob: () => bytes(),
  json: <T>() => json().$type<T>(),
  oneOf: <const T extends [string, ...string[]]>(_values: T) => text("varchar(32)").$type<T[number]>(),
  index: my.index,
  unique: my.uniqueIndex,
  primaryKey: my.primaryKey,
} satisfies Record<keyof Vocabulary, unknown>;

// The schema is written against PostgreSQL's types; these columns are their MySQL and MariaDB counterparts, one by one.
export const mysql = columns as unknown as Vocabulary;
