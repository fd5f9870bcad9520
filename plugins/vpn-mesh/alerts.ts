import { type AlertSpec, days, hours, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "mesh_offline",
    metric: "mesh_online",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    down: true,
    summary: "{{instance}} is not part of its mesh.",
  },
  {
    id: "mesh_peer_offline",
    metric: "mesh_peer_missing",
    when: { equals: 1 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{peer}} has been offline for ten minutes, as {{instance}} sees it.",
  },
  {
    id: "mesh_key_expiry",
    metric: "mesh_key_remaining_seconds",
    when: ({ keyExpiryDays }) => ({ below: days(keyExpiryDays) }),
    forSeconds: hours(1),
    severity: "warning",
    summary: "The key of {{node}} expires soon: {{value}} are left. Log in again, or switch expiry off.",
  },
  {
    id: "mesh_certificate",
    metric: "mesh_certificate_ttl_seconds",
    when: ({ keyExpiryDays }) => ({ below: days(keyExpiryDays) }),
    forSeconds: hours(1),
    severity: "warning",
    summary: "Nebula's certificate of {{instance}} expires soon: {{value}} are left.",
  },
  {
    id: "mesh_relayed_only",
    metric: "mesh_relayed_only",
    when: { equals: 1 },
    forSeconds: hours(1),
    severity: "info",
    summary: "{{instance}} reaches its peers only through relays. A firewall may be in the way.",
  },
];
