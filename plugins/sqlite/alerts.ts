import { type AlertSpec, days, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "sqlite_corrupt",
    metric: "sqlite_integrity_ok",
    when: { equals: 0 },
    severity: "critical",
    summary: "{{database}} is damaged: stop what uses it, and restore it from a backup.",
  },
  {
    id: "sqlite_unreadable",
    metric: "sqlite_readable",
    when: { equals: 0 },
    severity: "critical",
    summary: "{{database}} is no SQLite database that can be read: overwritten, cut off or encrypted.",
  },
  {
    id: "sqlite_wal_big",
    metric: "sqlite_wal_bytes",
    when: { above: { metric: "sqlite_wal_limit_bytes" } },
    forSeconds: minutes(30),
    severity: "warning",
    summary:
      "The write-ahead log of {{database}} has grown to {{value}}: a reader that never ends keeps it from being emptied.",
  },
  {
    id: "sqlite_bloat",
    metric: "sqlite_bloat_ratio",
    when: { above: 0.5 },
    forSeconds: days(1),
    severity: "info",
    summary: "{{value}} of {{database}} is free space: VACUUM would give it back.",
  },
];
