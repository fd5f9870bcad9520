import type { Survey } from "./survey";

/** Below this the process itself weighs more than the data: 13 on an empty server. Bytes. */
const FRAGMENTATION_FROM_BYTES = 100_000_000;

/** Metrics that are one number of INFO. */
const PLAIN = [
  ["redis_memory_used_bytes", "used_memory"],
  ["redis_memory_rss_bytes", "used_memory_rss"],
  ["redis_memory_peak_bytes", "used_memory_peak"],
  ["redis_commands_total", "total_commands_processed"],
  ["redis_connections_total", "total_connections_received"],
  ["redis_connections_rejected_total", "rejected_connections"],
  ["redis_keyspace_hits_total", "keyspace_hits"],
  ["redis_keyspace_misses_total", "keyspace_misses"],
  ["redis_keys_evicted_total", "evicted_keys"],
  ["redis_keys_expired_total", "expired_keys"],
  ["redis_changes_since_save", "rdb_changes_since_last_save"],
  ["redis_uptime_seconds", "uptime_in_seconds"],
] as const;

/** Memory, clients, commands, traffic and CPU. */
export function reportFigures({ report, info }: Pick<Survey, "report" | "info">): void {
  for (const [metric, key] of PLAIN) {
    const value = info.number(key);
    if (value !== undefined) report(metric, value);
  }
  reportMemory(report, info);
  const known = (key: string, say: (value: number) => void) => {
    const value = info.number(key);
    if (value !== undefined) say(value);
  };
  known("connected_clients", (value) => report("redis_clients", value, { state: "connected" }));
  known("blocked_clients", (value) => report("redis_clients", value, { state: "blocked" }));
  known("total_net_input_bytes", (value) => report("redis_network_bytes_total", value, { direction: "in" }));
  known("total_net_output_bytes", (value) => report("redis_network_bytes_total", value, { direction: "out" }));
  known("used_cpu_sys", (value) => report("redis_cpu_seconds_total", value, { mode: "sys" }));
  known("used_cpu_user", (value) => report("redis_cpu_seconds_total", value, { mode: "user" }));
  const hits = info.number("keyspace_hits");
  const misses = info.number("keyspace_misses");
  if (hits !== undefined && misses !== undefined)
    report("redis_keyspace_hit_ratio", { part: hits, whole: hits + misses });
}

function reportMemory(report: Survey["report"], info: Survey["info"]): void {
  const used = info.number("used_memory");
  const max = info.number("maxmemory");
  // 0 is no limit.
  if (max !== undefined && max > 0) {
    report("redis_memory_max_bytes", max);
    if (used !== undefined) report("redis_memory_used_ratio", used / max);
  }
  const fragmentation = info.number("mem_fragmentation_ratio");
  if (fragmentation !== undefined && (used ?? 0) >= FRAGMENTATION_FROM_BYTES)
    report("redis_memory_fragmentation_ratio", fragmentation);
}

/** Snapshots and the append-only file. A server that keeps nothing on disk (relatives) tells nothing. */
export function reportPersistence({ report, info }: Pick<Survey, "report" | "info">): void {
  const savedAt = info.number("rdb_last_save_time");
  if (savedAt !== undefined && savedAt > 0) report("redis_last_save_timestamp_seconds", savedAt);
  const saved = info.text("rdb_last_bgsave_status");
  if (saved !== "") report("redis_persistence_ok", saved === "ok" ? 1 : 0, { kind: "rdb" });
  if (info.number("aof_enabled") === 1) {
    const told = [info.text("aof_last_write_status"), info.text("aof_last_bgrewrite_status")].filter(Boolean);
    if (told.length > 0)
      report("redis_persistence_ok", told.every((status) => status === "ok") ? 1 : 0, { kind: "aof" });
  }
  const loading = info.number("loading");
  if (loading !== undefined) report("redis_loading", loading === 0 ? 0 : 1);
}
