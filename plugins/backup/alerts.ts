import { type AlertSpec, hours } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "backup_overdue",
    metric: "backup_last_success_age_seconds",
    when: ({ maxAgeSeconds }) => ({ above: maxAgeSeconds }),
    severity: "warning",
    summary: "The newest backup of {{job}} ({{instance}}) is {{value}} old.",
  },
  {
    id: "backup_overdue_long",
    metric: "backup_last_success_age_seconds",
    when: ({ criticalAgeSeconds }) => ({ above: criticalAgeSeconds }),
    severity: "critical",
    summary: "The newest backup of {{job}} ({{instance}}) is {{value}} old: it is not made any more.",
  },
  {
    id: "backup_failed",
    metric: "backup_last_run_ok",
    when: { equals: 0 },
    severity: "critical",
    summary: "The last backup of {{job}} ({{instance}}) failed.",
  },
  {
    id: "backup_check_failed",
    metric: "backup_check_ok",
    when: { equals: 0 },
    severity: "critical",
    summary: "The repository of {{job}} ({{instance}}) is damaged.",
  },
  {
    id: "backup_never",
    metric: "backup_never_succeeded",
    when: { equals: 1 },
    forSeconds: hours(1),
    severity: "critical",
    summary: "There is no backup of {{job}} ({{instance}}).",
  },
  {
    id: "backup_shrunk",
    metric: "backup_size_change_ratio",
    when: { below: 0.5 },
    severity: "warning",
    summary: "The newest backup of {{job}} ({{instance}}) has only {{value}} of its usual size.",
  },
];
