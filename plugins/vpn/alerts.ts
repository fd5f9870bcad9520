import { type AlertSpec, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "vpn_interface_down",
    metric: "vpn_interface_up",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    down: true,
    summary: "The tunnel {{interface}} of {{instance}} is down.",
  },
  {
    id: "vpn_peer_stale",
    metric: "vpn_peer_missing",
    when: { equals: 1 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{peer}} has been away from {{interface}} of {{instance}} for ten minutes.",
  },
  {
    id: "vpn_no_clients",
    metric: "vpn_peers_active",
    // Nothing is below 0, so without the setting it never fires.
    when: ({ minPeers }) => ({ below: minPeers }),
    forSeconds: minutes(10),
    severity: "warning",
    summary: "Only {{value}} peers are connected to {{interface}} of {{instance}}.",
  },
];
