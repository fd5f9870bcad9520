import type { Metrics } from "../sdk";

/** How often databases are looked into. Seconds. */
export const SLOW_SECONDS = 300;

const count = { kind: "gauge", unit: "count" } as const;
const total = { kind: "counter", unit: "count" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const seconds = { kind: "gauge", unit: "seconds" } as const;
const perDatabase = { labels: ["database"], everySeconds: SLOW_SECONDS } as const;

export const metrics = {
  mongodb_connections: {
    ...count,
    labels: ["state"],
    description: "Connections: open (current), still possible (available), and those that do something (active).",
  },
  mongodb_connections_used_ratio: { kind: "gauge", unit: "ratio", min: 0, description: "Connections in use." },
  mongodb_connections_total: { ...total, description: "Connections that were opened." },
  mongodb_operations_total: {
    ...total,
    labels: ["type"],
    description: "Operations: insert, query, update, delete, getmore and other commands.",
  },
  mongodb_operation_latency_seconds_total: {
    kind: "counter",
    unit: "seconds",
    labels: ["kind"],
    description: "Time that reads, writes and commands took, added up.",
  },
  mongodb_operation_latency_ops_total: {
    ...total,
    labels: ["kind"],
    description: "Reads, writes and commands whose time was added up.",
  },
  mongodb_network_bytes_total: {
    kind: "counter",
    unit: "bytes",
    labels: ["direction"],
    description: "Bytes received (in) and sent (out).",
  },
  mongodb_memory_resident_bytes: { ...bytes, description: "Memory of the process." },
  mongodb_cache_used_bytes: { ...bytes, description: "Data in the cache of the storage engine." },
  mongodb_cache_max_bytes: { ...bytes, description: "The most the cache may hold." },
  mongodb_cache_dirty_bytes: { ...bytes, description: "Changed data in the cache, not written to disk yet." },
  mongodb_cache_used_ratio: { kind: "gauge", unit: "ratio", min: 0, description: "The cache, filled." },
  mongodb_queue: { ...count, labels: ["kind"], description: "Readers and writers that wait for a lock." },
  mongodb_cursors_open: { ...count, description: "Open cursors." },
  mongodb_asserts_total: {
    ...total,
    labels: ["kind"],
    description: "Errors inside the server (regular), warnings, messages, and mistakes of users.",
  },
  mongodb_page_faults_total: { ...total, description: "Pages that had to be read from disk." },
  mongodb_database_size_bytes: {
    ...bytes,
    ...perDatabase,
    description: "Disk space of the database's documents.",
  },
  mongodb_database_index_bytes: { ...bytes, ...perDatabase, description: "Disk space of the database's indexes." },
  mongodb_database_objects: { ...count, ...perDatabase, description: "Documents of the database." },
  mongodb_fs_used_ratio: {
    kind: "gauge",
    unit: "ratio",
    min: 0,
    everySeconds: SLOW_SECONDS,
    description: "The file system that holds the data, filled.",
  },
  mongodb_member_state: {
    ...count,
    labels: ["member", "state"],
    description: "1 for the state each member of the replica set is in.",
  },
  mongodb_member_healthy: { ...bool, labels: ["member"], description: "1 when this server reaches the member." },
  mongodb_replication_lag_seconds: {
    ...seconds,
    labels: ["member"],
    description: "How far the member is behind the primary. Absent while there is none.",
  },
  mongodb_oplog_window_seconds: {
    ...seconds,
    description: "How far back the oplog goes: a member that was away for longer must be copied anew.",
  },
  mongodb_primary_present: { ...bool, description: "1 when the replica set has a primary." },
  mongodb_items_truncated: { ...bool, description: "1 when there were more databases than the limit." },
  mongodb_uptime_seconds: { ...seconds, description: "Since the start." },
  mongodb_info: {
    ...count,
    kind: "info",
    labels: ["version", "set"],
    description: "Version, and the name of the replica set.",
  },
} as const satisfies Metrics;
