import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

const GIBIBYTE = 1_073_741_824;

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "log_critical",
    metric: "log_matches_total",
    when: { above: 0 },
    where: { severity: "critical" },
    over: { increaseSeconds: minutes(5) },
    severity: "critical",
    summary: "{{source}} of {{instance}} has lines of {{pattern}}.",
  },
  {
    id: "log_error_burst",
    metric: "log_errors_recent",
    when: { above: { metric: "log_errors_burst" } },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{source}} of {{instance}} has far more errors than usual: {{value}} in five minutes.",
  },
  {
    id: "log_silent",
    metric: "log_silent",
    when: { equals: 1 },
    severity: "warning",
    summary: "{{source}} of {{instance}} has been silent for too long.",
  },
  {
    id: "log_disk",
    metric: "log_file_bytes",
    when: { above: GIBIBYTE },
    forSeconds: hours(1),
    severity: "info",
    summary: "{{source}} of {{instance}} is large: {{value}}. Is it rotated?",
  },
];
