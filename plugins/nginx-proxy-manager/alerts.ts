import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "npm_host_offline",
    metric: "npm_host_online",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "{{domain}} on {{instance}} is offline: nginx did not take its configuration.",
  },
  {
    id: "npm_cert_expiring",
    metric: "npm_certificate_remaining_seconds",
    when: { below: { metric: "npm_certificate_warning_seconds" } },
    forSeconds: hours(1),
    severity: "warning",
    summary: "Certificate {{certificate}} on {{instance}} expires in {{value}}.",
  },
  {
    id: "npm_cert_critical",
    metric: "npm_certificate_remaining_seconds",
    when: { below: { metric: "npm_certificate_critical_seconds" } },
    forSeconds: hours(1),
    severity: "critical",
    summary: "Certificate {{certificate}} on {{instance}} expires in {{value}}.",
  },
  {
    id: "npm_config_error",
    metric: "npm_hosts_config_error",
    when: { above: 0 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} has {{value}} hosts whose configuration nginx refused.",
  },
];
