import type { Metrics } from "../sdk";

const count = { kind: "gauge", unit: "count" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const seconds = { kind: "gauge", unit: "seconds" } as const;
const total = { kind: "counter", unit: "count" } as const;

export const metrics = {
  redis_memory_used_bytes: { ...bytes, description: "Memory that data and buffers take." },
  redis_memory_rss_bytes: { ...bytes, description: "Memory of the process, as the system sees it." },
  redis_memory_peak_bytes: { ...bytes, description: "Most memory used since the start." },
  redis_memory_max_bytes: { ...bytes, description: "The limit (maxmemory). Absent where there is none." },
  redis_memory_used_ratio: {
    kind: "gauge",
    unit: "ratio",
    min: 0,
    description: "Used memory of the limit. Absent where there is no limit.",
  },
  redis_memory_fragmentation_ratio: {
    kind: "gauge",
    unit: "ratio",
    min: 0,
    description:
      "Memory of the process to memory used: above 1.5 much is fragmented, below 1 some is swapped out. Only from 100 MB on, because below it says nothing.",
  },
  redis_clients: {
    ...count,
    labels: ["state"],
    description: "Clients: connected (all but replicas), and those blocked in a waiting command.",
  },
  redis_clients_max: { ...count, description: "Clients that may be connected (maxclients)." },
  redis_commands_total: { ...total, description: "Commands that were processed." },
  redis_connections_total: { ...total, description: "Connections that were accepted." },
  redis_connections_rejected_total: { ...total, description: "Connections refused because there were too many." },
  redis_keyspace_hits_total: { ...total, description: "Keys that were looked up and found." },
  redis_keyspace_misses_total: { ...total, description: "Keys that were looked up and not found." },
  redis_keyspace_hit_ratio: { kind: "share", unit: "ratio", description: "Keys found, of all that were looked up." },
  redis_keys_evicted_total: { ...total, description: "Keys thrown out because memory reached its limit." },
  redis_keys_expired_total: { ...total, description: "Keys whose time was over." },
  redis_keys: { ...count, labels: ["db"], description: "Keys of the database." },
  redis_keys_expiring: { ...count, labels: ["db"], description: "Keys of the database that will expire." },
  redis_network_bytes_total: {
    kind: "counter",
    unit: "bytes",
    labels: ["direction"],
    description: "Bytes received (in) and sent (out), without replication.",
  },
  redis_errors_total: {
    ...total,
    labels: ["error"],
    description: "Error replies by their first word. From Redis 6.2.",
  },
  redis_slowlog_length: { ...count, description: "Entries in the log of slow commands." },
  redis_last_save_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When a snapshot (RDB) was last written, or the start where none was.",
  },
  redis_changes_since_save: { ...count, description: "Changes since the last snapshot." },
  redis_persistence_ok: {
    ...bool,
    labels: ["kind"],
    description: "0 when the last snapshot (rdb), or the last write or rewrite of the append-only file (aof), failed.",
  },
  redis_loading: { ...bool, description: "1 while the data is loaded after a start: commands are refused." },
  redis_replicas: { ...count, description: "Replicas that are connected." },
  redis_replica_lag_bytes: {
    ...bytes,
    labels: ["replica"],
    description: "What the replica has not confirmed of the replication stream.",
  },
  redis_master_link_up: { ...bool, description: "On a replica: 1 when it is connected to its master." },
  redis_master_link_down_seconds: { ...seconds, description: "On a replica: how long its master has been lost." },
  redis_cluster_ok: { ...bool, description: "On a cluster node: 1 when all slots are served." },
  redis_sentinel_masters: {
    ...count,
    labels: ["status"],
    description: "On a Sentinel: masters it watches, by status.",
  },
  redis_sentinel_master_ok: { ...bool, labels: ["master"], description: "On a Sentinel: 1 when the master is up." },
  redis_cpu_seconds_total: {
    kind: "counter",
    unit: "seconds",
    labels: ["mode"],
    description: "CPU time of the server: in the system (sys) and its own (user).",
  },
  redis_uptime_seconds: { ...seconds, description: "Since the start." },
  redis_ping_duration_seconds: { ...seconds, description: "How long PING took, there and back." },
  redis_items_truncated: {
    ...bool,
    description: "1 when there were more databases, replicas, errors or masters than the limit.",
  },
  redis_info: {
    ...count,
    kind: "info",
    labels: ["version", "flavour", "role", "mode"],
    description: "Version, Redis or a relative, role, and how it runs.",
  },
} as const satisfies Metrics;
