import type { Metrics } from "../sdk";

/** How often rows are counted. Seconds. */
export const ROWS_SECONDS = 3_600;

const perDatabase = { kind: "gauge", unit: "count", labels: ["database"] } as const;
const bytes = { ...perDatabase, unit: "bytes" } as const;
const bool = { ...perDatabase, unit: "bool" } as const;

export const metrics = {
  sqlite_databases: {
    kind: "gauge",
    unit: "count",
    description: "Databases that were found, also those over the limit.",
  },
  sqlite_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more databases, tables or folders than the limits.",
  },
  sqlite_file_bytes: { ...bytes, description: "Size of the file." },
  sqlite_wal_bytes: { ...bytes, description: "Size of its write-ahead log; 0 where there is none." },
  sqlite_wal_limit_bytes: {
    ...bytes,
    description: "What the log may grow to: the size of the file, and at least 1 GiB.",
  },
  sqlite_journal_bytes: {
    ...bytes,
    description: "Size of its rollback journal. One that stays was left by a writer that crashed.",
  },
  sqlite_page_size_bytes: { ...bytes, description: "Size of a page." },
  sqlite_pages: { ...perDatabase, description: "Pages of the file." },
  sqlite_free_pages: { ...perDatabase, description: "Pages that are free, and would be given back by VACUUM." },
  sqlite_free_ratio: { ...perDatabase, unit: "ratio", min: 0, max: 1, description: "Free pages of all." },
  sqlite_bloat_ratio: {
    ...perDatabase,
    unit: "ratio",
    min: 0,
    max: 1,
    description: "Free pages of all in a file of 500 MB or more; 0 in a smaller one, where it does not matter.",
  },
  sqlite_tables: { ...perDatabase, description: "Tables." },
  sqlite_indexes: { ...perDatabase, description: "Indexes, without those SQLite makes for itself." },
  sqlite_table_rows: {
    ...perDatabase,
    labels: ["database", "table"],
    everySeconds: ROWS_SECONDS,
    description: "Rows of the table.",
  },
  sqlite_change_counter_total: {
    kind: "counter",
    unit: "count",
    labels: ["database"],
    description: "Changes to the file. With a write-ahead log only those that change its header.",
  },
  sqlite_modified_timestamp_seconds: {
    ...perDatabase,
    unit: "timestamp_seconds",
    description: "When the file or its write-ahead log was last written.",
  },
  sqlite_integrity_ok: { ...bool, description: "0 when the last check found damage." },
  sqlite_integrity_errors: { ...perDatabase, description: "Faults that the last check found; it stops at 10." },
  sqlite_integrity_timestamp_seconds: {
    ...perDatabase,
    unit: "timestamp_seconds",
    description: "When it was last checked.",
  },
  sqlite_open_duration_seconds: {
    ...perDatabase,
    unit: "seconds",
    description: "How long opening it and reading its schema took.",
  },
  sqlite_locked: { ...bool, description: "1 when a writer kept it locked for longer than was waited." },
  sqlite_readable: {
    ...bool,
    description: "0 when the file is no database that can be read: overwritten, cut off or encrypted.",
  },
  sqlite_info: {
    kind: "info",
    unit: "count",
    labels: ["database", "journal_mode", "encoding", "user_version", "sqlite_version"],
    description: "Kind of journal, text encoding, the application's version of its schema, and SQLite's that wrote it.",
  },
} as const satisfies Metrics;
