import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "proxy_upstream_down",
    metric: "reverse_proxy_upstream_up",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "warning",
    summary: "Upstream {{upstream}} of {{service}} on {{instance}} is down.",
  },
  {
    id: "proxy_service_down",
    metric: "reverse_proxy_upstreams_healthy",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "No upstream of {{service}} on {{instance}} is up.",
  },
  {
    id: "proxy_5xx",
    metric: "reverse_proxy_server_errors_ratio",
    when: { above: 0.05 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{value}} of the answers of {{entrypoint}} on {{instance}} are server errors.",
  },
  {
    id: "proxy_config_error",
    metric: "reverse_proxy_config_errors",
    when: { above: 0 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "The configuration of {{instance}} is in error ({{kind}}).",
  },
];
