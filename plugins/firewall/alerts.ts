import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "fw_inactive",
    metric: "firewall_active",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "The firewall of {{instance}} is off.",
  },
  {
    id: "fw_gateway_down",
    metric: "firewall_gateway_up",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "Gateway {{gateway}} of {{instance}} is down.",
  },
  {
    id: "fw_gateway_loss",
    metric: "firewall_gateway_loss_ratio",
    when: { above: 0.05 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "Gateway {{gateway}} of {{instance}} loses {{value}} of its packets.",
  },
  {
    id: "fw_gateway_delay",
    metric: "firewall_gateway_delay_seconds",
    when: { above: 0.2 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "Gateway {{gateway}} of {{instance}} is slow: {{value}}.",
  },
  {
    id: "fw_states",
    metric: "firewall_states_ratio",
    when: { above: 0.8 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "The firewall of {{instance}} can soon remember no more connections: {{value}} are used.",
  },
  {
    id: "fw_rules_changed",
    metric: "firewall_rules_changed",
    when: { equals: 1 },
    severity: "info",
    summary: "The rules of the firewall of {{instance}} have changed.",
  },
];
