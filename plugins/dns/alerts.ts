import { type AlertSpec, days, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "dns_down",
    metric: "dns_probe_success",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    down: true,
    summary: "{{instance}} does not answer for {{name}}.",
  },
  {
    id: "dns_slow",
    metric: "dns_probe_duration_seconds",
    when: { above: 0.5 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} takes {{value}} to answer for {{name}}.",
  },
  {
    id: "dns_blocking_off",
    metric: "dns_blocking_enabled",
    when: { equals: 0 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{instance}} blocks nothing: blocking is switched off.",
  },
  {
    id: "dns_lists_stale",
    metric: "dns_blocklist_age_seconds",
    when: { above: days(14) },
    forSeconds: hours(1),
    severity: "warning",
    summary: "The block lists of {{instance}} were updated {{value}} ago.",
  },
];
