import type { ConnectionOptions } from "mysql2/promise";
import type { ServerPlace } from "./database-place";

export const CONNECT_MS = 10_000;
/** The server ends a statement; slices, not patience, are for what takes longer. */
export const STATEMENT_MS = 60_000;

/** Which of the two programs: they differ in a few names. */
export type Flavour = "mysql" | "mariadb";

export function optionsOf(place: ServerPlace): ConnectionOptions {
  return {
    uri: place.url.replace(/^mariadb:/, "mysql:"),
    connectTimeout: CONNECT_MS,
    charset: "utf8mb4_bin",
    // Instants are texts in UTC, JSON is read by the schema's columns, sums are numbers.
    timezone: "Z",
    dateStrings: true,
    jsonStrings: true,
    decimalNumbers: true,
    // So that an insert counts new rows; how many an update met is read from its message.
    flags: ["-FOUND_ROWS"],
  };
}

/** Names in double quotes and `||` as everywhere else; what does not fit is refused instead of cut. */
const MODE = "STRICT_ALL_TABLES,ANSI_QUOTES,PIPES_AS_CONCAT,NO_ENGINE_SUBSTITUTION";

/** What every session begins with. */
export function sessionSql(flavour: Flavour): string[] {
  const limit =
    flavour === "mariadb"
      ? `max_statement_time = ${STATEMENT_MS / 1_000}`
      : // MySQL remembers the sizes of tables for a day otherwise.
        `max_execution_time = ${STATEMENT_MS}, information_schema_stats_expiry = 0`;
  return [
    `set session sql_mode = '${MODE}', time_zone = '+00:00', innodb_lock_wait_timeout = 20, ${limit}`,
    // As in PostgreSQL: a statement sees what is committed, and locks no gap that others insert into.
    "set session transaction isolation level read committed",
  ];
}
