import * as pg from "drizzle-orm/pg-core";
import { storableJson, storableText } from "./storable";

const instant = pg.customType<{ data: number; driverData: string | Date }>({
  dataType: () => "timestamptz(3)",
  toDriver: (at) => new Date(at).toISOString(),
  fromDriver: (at) => new Date(at).getTime(),
});

const text = (type: string) =>
  pg.customType<{ data: string; driverData: string }>({ dataType: () => type, toDriver: storableText })();

/** The connection hands JSON out as text. */
const json = pg.customType<{ data: unknown; driverData: string }>({
  dataType: () => "jsonb",
  toDriver: storableJson,
  fromDriver: (read) => JSON.parse(read),
});

const bytes = pg.customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** The column vocabulary of the schema. PostgreSQL's types stand for all three dialects. */
export const postgres = {
  table: pg.pgTable,
  /** Made by the app (UUIDv7). */
  id: () => pg.varchar({ length: 36 }),
  /** Made by the database: small, for what millions of rows point at. */
  serial: () => pg.integer().generatedAlwaysAsIdentity(),
  /** A short string that may be indexed or unique. */
  key: () => text("varchar(191)"),
  text: () => text("text"),
  bool: () => pg.boolean(),
  int: () => pg.integer(),
  /** A whole number up to 2^53: epoch milliseconds of samples, counts of them. */
  long: () => pg.bigint({ mode: "number" }),
  real: () => pg.doublePrecision(),
  /** Epoch milliseconds in code. */
  time: () => instant(),
  /** At most 16 MB. */
  blob: () => bytes(),
  json: <T>() => json().$type<T>(),
  oneOf: <const T extends [string, ...string[]]>(values: T) => pg.varchar({ length: 32, enum: values }),
  index: pg.index,
  unique: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
};
export type Vocabulary = typeof postgres;
