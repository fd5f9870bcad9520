import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "mongo_connections",
    metric: "mongodb_connections_used_ratio",
    when: { above: 0.8 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} uses {{value}} of its connections; soon clients will be refused.",
  },
  {
    id: "mongo_no_primary",
    metric: "mongodb_primary_present",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "The replica set of {{instance}} has no primary: nothing can be written.",
  },
  {
    id: "mongo_lag",
    metric: "mongodb_replication_lag_seconds",
    when: { above: 60 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "Member {{member}}, seen from {{instance}}, is {{value}} behind its primary.",
  },
];
