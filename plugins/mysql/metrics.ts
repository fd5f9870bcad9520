import type { Metrics } from "../sdk";

/** How often sizes are read. Seconds. */
export const SLOW_SECONDS = 600;

const count = { kind: "gauge", unit: "count" } as const;
const total = { kind: "counter", unit: "count" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const seconds = { kind: "gauge", unit: "seconds" } as const;

export const metrics = {
  mysql_connections: { ...count, description: "Clients that are connected, this one included." },
  mysql_threads_running: { ...count, description: "Clients that are being served right now." },
  mysql_connections_max: { ...count, description: "Clients that may be connected (max_connections)." },
  mysql_connections_used_ratio: { kind: "gauge", unit: "ratio", min: 0, description: "Connections in use." },
  mysql_connections_peak: { ...count, description: "Most clients connected at once since the start." },
  mysql_connections_total: { ...total, description: "Attempts to connect, with and without success." },
  mysql_aborted_connects_total: { ...total, description: "Attempts to connect that failed." },
  mysql_aborted_clients_total: { ...total, description: "Connections that ended without a goodbye." },
  mysql_access_denied_total: { ...total, description: "Logins and statements that were refused. MariaDB only." },
  mysql_questions_total: { ...total, description: "Statements that clients sent." },
  mysql_slow_queries_total: { ...total, description: "Statements that took longer than long_query_time." },
  mysql_commands_total: { ...total, labels: ["command"], description: "Statements by kind; the most usual kinds." },
  mysql_bytes_total: {
    kind: "counter",
    unit: "bytes",
    labels: ["direction"],
    description: "Bytes received from clients (in) and sent to them (out).",
  },
  mysql_buffer_pool_bytes: {
    ...bytes,
    labels: ["state"],
    description: "The buffer pool of InnoDB: pages as on disk (clean), changed (dirty), free, and for other uses.",
  },
  mysql_buffer_pool_hit_ratio: {
    kind: "share",
    unit: "ratio",
    description: "Pages found in the buffer pool, of all that were asked for.",
  },
  mysql_buffer_pool_reads_total: { ...total, description: "Pages that had to be read from disk." },
  mysql_buffer_pool_read_requests_total: { ...total, description: "Pages that were asked for." },
  mysql_row_lock_waits_total: { ...total, description: "Times a statement had to wait for a row lock." },
  mysql_deadlocks_total: { ...total, description: "Deadlocks." },
  mysql_tmp_disk_tables_total: { ...total, description: "Temporary tables that outgrew memory." },
  mysql_history_list_length: {
    ...count,
    description: "Old row versions not purged yet. It grows while a transaction is left open.",
  },
  mysql_longest_query_seconds: { ...seconds, description: "How long the longest statement has run; 0 for none." },
  mysql_database_size_bytes: {
    ...bytes,
    labels: ["database"],
    everySeconds: SLOW_SECONDS,
    description: "Data and indexes of the database, of tables the user may select from.",
  },
  mysql_binlog_size_bytes: {
    ...bytes,
    everySeconds: SLOW_SECONDS,
    description: "Disk space of the binary log. Absent where it is off.",
  },
  mysql_replica_running: {
    ...bool,
    labels: ["channel", "thread"],
    description: "On a replica: 1 when it receives (io) and applies (sql).",
  },
  mysql_replica_lag_seconds: {
    ...seconds,
    labels: ["channel"],
    description: "On a replica: how old the change is that it applies. Absent while it does not run.",
  },
  mysql_galera_cluster_size: { ...count, description: "Nodes of the Galera cluster that this one sees." },
  mysql_galera_ready: { ...bool, description: "1 when this Galera node takes statements." },
  mysql_read_only: { ...bool, description: "1 when ordinary users may not write." },
  mysql_items_truncated: { ...bool, description: "1 when there were more databases or channels than the limit." },
  mysql_uptime_seconds: { ...seconds, description: "Since the start." },
  mysql_info: {
    ...count,
    kind: "info",
    labels: ["version", "flavour"],
    description: "Version, and MySQL, MariaDB or Percona.",
  },
} as const satisfies Metrics;
