import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "redis_memory",
    metric: "redis_memory_used_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} uses {{value}} of its memory limit; then it evicts keys or refuses to write.",
  },
  {
    id: "redis_evicting",
    metric: "redis_keys_evicted_total",
    when: { above: 0 },
    forSeconds: minutes(10),
    severity: "info",
    summary: "{{instance}} throws out keys because its memory is full.",
  },
  {
    id: "redis_replication",
    metric: "redis_master_link_up",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "Replica {{instance}} has lost its master.",
  },
  {
    id: "redis_persistence",
    metric: "redis_persistence_ok",
    when: { equals: 0 },
    severity: "critical",
    summary:
      "{{instance}} could not write its data to disk ({{kind}}); it may refuse writes, and loses data when it stops.",
  },
  {
    id: "redis_cluster",
    metric: "redis_cluster_ok",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "The cluster of {{instance}} does not serve all slots.",
  },
  {
    id: "redis_sentinel_master",
    metric: "redis_sentinel_master_ok",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "Sentinel {{instance}} says that master {{master}} is down.",
  },
];
