import type { Metrics } from "../sdk";

const count = { kind: "gauge", unit: "count" } as const;
const total = { kind: "counter", unit: "count" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;

export const metrics = {
  influxdb_http_requests_total: {
    ...total,
    labels: ["kind", "status_class"],
    description:
      "Requests: queries, writes and others, by the class of their answer. Version 1 does not tell the class.",
  },
  influxdb_http_errors_total: {
    ...total,
    labels: ["side"],
    description: "Requests that failed: the client's fault, or the server's.",
  },
  influxdb_points_written_total: { ...total, description: "Points that were written." },
  influxdb_points_failed_total: { ...total, description: "Points of writes that failed." },
  influxdb_points_dropped_total: {
    ...total,
    description: "Points that were refused while the rest of their write was taken.",
  },
  influxdb_queries_active: { ...count, description: "Queries that run right now." },
  influxdb_queries_total: { ...total, description: "Queries that were run." },
  influxdb_query_duration_seconds_total: {
    kind: "counter",
    unit: "seconds",
    description: "Time that queries took, added up.",
  },
  influxdb_series: { ...count, labels: ["database"], description: "Series of the database or bucket." },
  influxdb_measurements: { ...count, labels: ["database"], description: "Measurements of the database or bucket." },
  influxdb_disk_bytes: { ...bytes, labels: ["database"], description: "Disk space of the database or bucket." },
  influxdb_databases: { ...count, description: "Databases or buckets that the user or token may see." },
  influxdb_bucket_retention_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels: ["bucket"],
    description: "How long the bucket keeps its data. Absent where it keeps it for ever.",
  },
  influxdb_wal_bytes: { ...bytes, description: "Write-ahead logs of all databases." },
  influxdb_cache_bytes: { ...bytes, description: "Memory of all caches of data." },
  influxdb_write_timeouts_total: { ...total, description: "Writes that took too long." },
  influxdb_auth_failures_total: { ...total, description: "Requests with a wrong login. Versions 1 and 2." },
  influxdb_heap_bytes: { ...bytes, description: "Memory that the server has allocated." },
  influxdb_goroutines: { ...count, description: "Goroutines. Versions 1 and 2." },
  influxdb_tasks_failed_total: {
    ...total,
    description: "Runs of tasks, or continuous queries of version 1, that failed.",
  },
  influxdb_uptime_seconds: { kind: "gauge", unit: "seconds", description: "Since the start." },
  influxdb_ready: { kind: "gauge", unit: "bool", description: "1 when the server says that it is well and ready." },
  influxdb_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more databases or buckets than the limit.",
  },
  influxdb_info: { ...count, kind: "info", labels: ["version"], description: "Version." },
} as const satisfies Metrics;
