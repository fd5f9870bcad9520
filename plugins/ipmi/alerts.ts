import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "ipmi_sensor_critical",
    metric: "ipmi_sensor_state",
    when: { equals: 2 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "{{sensor}} of {{instance}} is critical.",
  },
  {
    id: "ipmi_sensor_warning",
    metric: "ipmi_sensor_state",
    when: { equals: 1 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{sensor}} of {{instance}} is out of its range.",
  },
  {
    id: "ipmi_psu_failed",
    metric: "ipmi_psu_ok",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "Power supply {{psu}} of {{instance}} failed, or has no input.",
  },
  {
    id: "ipmi_sel_full",
    metric: "ipmi_sel_used_ratio",
    when: { above: 0.9 },
    severity: "warning",
    summary: "The event log of {{instance}} is full to {{value}}: new events may be lost.",
  },
  {
    id: "ipmi_sel_critical",
    metric: "ipmi_sel_critical_entries",
    when: { above: 0 },
    severity: "warning",
    summary: "{{instance}} logged {{value}} critical events within a day.",
  },
  {
    id: "ipmi_chassis_fault",
    metric: "ipmi_chassis_fault",
    when: { equals: 1 },
    forSeconds: minutes(1),
    severity: "warning",
    summary: "{{instance}} reports a fault of its chassis: {{kind}}.",
  },
  {
    id: "ipmi_unhealthy",
    metric: "ipmi_health",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "warning",
    summary: "{{instance}} calls its {{component}} unwell.",
  },
];
