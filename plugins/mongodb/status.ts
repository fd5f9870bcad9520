import type { ServerStatus } from "./parse";
import type { Survey } from "./survey";

const MEBIBYTE = 1_048_576;
const MICROSECONDS = 1e6;
const OPERATIONS = ["insert", "query", "update", "delete", "getmore", "command"] as const;
const ASSERTS = ["regular", "warning", "msg", "user"] as const;

/** What serverStatus tells of connections, operations, memory and queues. */
export function reportStatus({ report }: Pick<Survey, "report">, status: ServerStatus): void {
  const known = (value: number | undefined, say: (value: number) => void) => {
    if (value !== undefined) say(value);
  };
  const { connections, opLatencies, network, globalLock } = status;
  known(status.uptime, (value) => report("mongodb_uptime_seconds", value));
  for (const state of ["current", "available", "active"] as const)
    known(connections?.[state], (value) => report("mongodb_connections", value, { state }));
  known(connections?.totalCreated, (value) => report("mongodb_connections_total", value));
  const { current, available } = connections ?? {};
  if (current !== undefined && available !== undefined && current + available > 0)
    report("mongodb_connections_used_ratio", current / (current + available));
  for (const type of OPERATIONS)
    known(status.opcounters?.[type], (value) => report("mongodb_operations_total", value, { type }));
  for (const [kind, told] of [
    ["read", opLatencies?.reads],
    ["write", opLatencies?.writes],
    ["command", opLatencies?.commands],
  ] as const) {
    known(told?.latency, (value) => report("mongodb_operation_latency_seconds_total", value / MICROSECONDS, { kind }));
    known(told?.ops, (value) => report("mongodb_operation_latency_ops_total", value, { kind }));
  }
  known(network?.bytesIn, (value) => report("mongodb_network_bytes_total", value, { direction: "in" }));
  known(network?.bytesOut, (value) => report("mongodb_network_bytes_total", value, { direction: "out" }));
  known(status.mem?.resident, (value) => report("mongodb_memory_resident_bytes", value * MEBIBYTE));
  for (const kind of ["readers", "writers"] as const)
    known(globalLock?.currentQueue?.[kind], (value) => report("mongodb_queue", value, { kind }));
  known(status.metrics?.cursor?.open?.total, (value) => report("mongodb_cursors_open", value));
  for (const kind of ASSERTS)
    known(status.asserts?.[kind], (value) => report("mongodb_asserts_total", value, { kind }));
  known(status.extra_info?.page_faults, (value) => report("mongodb_page_faults_total", value));
  reportCache({ report }, status);
}

/** Of WiredTiger; other storage engines have none. */
function reportCache({ report }: Pick<Survey, "report">, { wiredTiger }: ServerStatus): void {
  const cache = wiredTiger?.cache;
  const used = cache?.["bytes currently in the cache"];
  const max = cache?.["maximum bytes configured"];
  const dirty = cache?.["tracked dirty bytes in the cache"];
  if (used !== undefined) report("mongodb_cache_used_bytes", used);
  if (max !== undefined) report("mongodb_cache_max_bytes", max);
  if (dirty !== undefined) report("mongodb_cache_dirty_bytes", dirty);
  if (used !== undefined && max !== undefined && max > 0) report("mongodb_cache_used_ratio", used / max);
}
