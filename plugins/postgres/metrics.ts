import type { Metrics } from "../sdk";

/** How often sizes, tables and statements are read. Seconds. */
export const SLOW_SECONDS = 300;

const count = { kind: "gauge", unit: "count" } as const;
const seconds = { kind: "gauge", unit: "seconds" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const perDatabase = { kind: "counter", unit: "count", labels: ["database"] } as const;

export const metrics = {
  postgres_connections: { ...count, labels: ["database", "state"], description: "Client connections." },
  postgres_connections_used: { ...count, description: "Client connections to all databases, this one included." },
  postgres_connections_max: {
    ...count,
    description: "Connections that ordinary users may open: max_connections without those reserved for superusers.",
  },
  postgres_connections_used_ratio: { kind: "gauge", unit: "ratio", description: "Connections in use.", min: 0 },
  postgres_transactions_total: {
    ...perDatabase,
    labels: ["database", "result"],
    description: "Transactions that were committed, and rolled back.",
  },
  postgres_blocks_hit_total: { ...perDatabase, description: "Blocks that were found in shared buffers." },
  postgres_blocks_read_total: { ...perDatabase, description: "Blocks that were not, and had to be read." },
  postgres_cache_hit_ratio: {
    kind: "share",
    unit: "ratio",
    description: "Blocks found in shared buffers, of all that were asked for, in all databases.",
  },
  postgres_rows_total: {
    ...perDatabase,
    labels: ["database", "op"],
    description: "Rows scanned (returned), fetched by index, inserted, updated and deleted.",
  },
  postgres_deadlocks_total: { ...perDatabase, description: "Deadlocks." },
  postgres_conflicts_total: {
    ...perDatabase,
    description: "Queries that a standby cancelled, because replay needed what they used.",
  },
  postgres_temp_bytes_total: {
    ...perDatabase,
    unit: "bytes",
    description: "Bytes written to temporary files by queries that outgrew work_mem.",
  },
  postgres_checksum_failures_total: {
    kind: "counter",
    unit: "count",
    description: "Blocks read with a wrong checksum. Absent where checksums are off.",
  },
  postgres_database_size_bytes: {
    ...bytes,
    labels: ["database"],
    everySeconds: SLOW_SECONDS,
    description: "Disk space of the database.",
  },
  postgres_xid_age: {
    ...count,
    labels: ["database"],
    description: "Transactions since the oldest that is not frozen. Near 2.1 billion the server refuses to write.",
  },
  postgres_items_truncated: {
    ...bool,
    description: "1 when there were more databases, replicas or slots than the limit, so that some are not shown.",
  },
  postgres_longest_transaction_seconds: { ...seconds, description: "Age of the oldest open transaction; 0 for none." },
  postgres_longest_query_seconds: { ...seconds, description: "Age of the longest running query; 0 for none." },
  postgres_longest_idle_in_transaction_seconds: {
    ...seconds,
    description: "How long a client has left a transaction open without doing anything; 0 for none.",
  },
  postgres_backends_blocked: { ...count, description: "Clients that wait for a lock of another." },
  postgres_locks_waiting: { ...count, description: "Locks asked for and not granted." },
  postgres_replicas: { ...count, labels: ["state"], description: "Standbys and other receivers that are connected." },
  postgres_replication_lag_bytes: {
    ...bytes,
    labels: ["client"],
    description: "WAL that the replica has not replayed.",
  },
  postgres_replication_lag_seconds: {
    ...seconds,
    labels: ["client"],
    description: "How long it takes until a change is replayed on the replica.",
  },
  postgres_standby_lag_seconds: {
    ...seconds,
    description: "On a standby: 0 when all that was received is replayed, else the age of the last replayed change.",
  },
  postgres_standby_streaming: { ...bool, description: "On a standby: 1 when it receives WAL from its server." },
  postgres_slot_retained_bytes: {
    ...bytes,
    labels: ["slot"],
    description: "WAL kept for the slot. An abandoned slot fills the disk.",
  },
  postgres_slot_active: { ...bool, labels: ["slot"], description: "1 when somebody reads from the slot." },
  postgres_wal_size_bytes: { ...bytes, everySeconds: SLOW_SECONDS, description: "Disk space of the WAL." },
  postgres_archive_failed_total: {
    kind: "counter",
    unit: "count",
    description: "Attempts to archive a WAL file that failed. Absent where archiving is off.",
  },
  postgres_checkpoints_total: {
    kind: "counter",
    unit: "count",
    labels: ["kind"],
    description: "Checkpoints that were due by time, and those requested because WAL grew or somebody asked.",
  },
  postgres_dead_rows: {
    ...count,
    labels: ["table"],
    everySeconds: SLOW_SECONDS,
    description: "Rows that vacuum has not removed yet.",
  },
  postgres_in_recovery: { ...bool, description: "1 on a standby." },
  postgres_start_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the server was started.",
  },
  postgres_settings_pending_restart: { ...count, description: "Changed settings that wait for a restart." },
  postgres_info: {
    ...count,
    kind: "info",
    labels: ["version", "role"],
    description: "Version, and primary or standby.",
  },
} as const satisfies Metrics;
