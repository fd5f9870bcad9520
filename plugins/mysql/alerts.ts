import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "mysql_connections",
    metric: "mysql_connections_used_ratio",
    when: { above: 0.8 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} uses {{value}} of its connections; soon clients will be refused.",
  },
  {
    id: "mysql_replica_broken",
    metric: "mysql_replica_running",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "Replication of {{instance}} has stopped ({{channel}}, {{thread}}).",
  },
  {
    id: "mysql_replica_lag",
    metric: "mysql_replica_lag_seconds",
    when: { above: 300 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "Replica {{instance}} is {{value}} behind ({{channel}}).",
  },
  {
    id: "mysql_slow",
    metric: "mysql_slow_queries_total",
    when: { above: 0.1 },
    forSeconds: minutes(15),
    severity: "info",
    summary: "{{instance}} has {{value}} slow statements a second; its slow query log names them.",
  },
  {
    id: "mysql_galera",
    metric: "mysql_galera_ready",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "Galera node {{instance}} refuses statements: it has lost the cluster.",
  },
];
