import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "iface_down",
    metric: "network_interface_lost",
    when: { equals: 1 },
    forSeconds: minutes(2),
    severity: "warning",
    summary: "Interface {{interface}} on {{instance}} is down; it was up within the last day.",
  },
  {
    id: "iface_errors_receive",
    metric: "network_receive_errors_total",
    when: { above: 1 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "Interface {{interface}} on {{instance}} receives {{value}} broken packets a second.",
  },
  {
    id: "iface_errors_transmit",
    metric: "network_transmit_errors_total",
    when: { above: 1 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "Interface {{interface}} on {{instance}} fails to send {{value}} packets a second.",
  },
  {
    id: "conntrack_full",
    metric: "network_conntrack_entries",
    when: { above: { metric: "network_conntrack_limit", times: 0.9 } },
    forSeconds: minutes(5),
    severity: "critical",
    summary:
      "The firewall on {{instance}} tracks {{value}} connections, over 90 % of its limit; new ones will be dropped.",
  },
  {
    id: "gateway_unreachable",
    metric: "network_ping_success",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "{{instance}} gets no answer from {{target}}.",
  },
];
