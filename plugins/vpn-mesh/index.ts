import { type CollectContext, chart, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import { discover } from "./discover";
import type { Mesh } from "./mesh";
import { metrics } from "./metrics";
import { readNebula } from "./nebula";
import { readNetbird } from "./netbird";
import { reportMesh } from "./report-mesh";
import { readTailscale } from "./tailscale";
import { readWireguardMesh } from "./wireguard";
import { readZerotier } from "./zerotier";

export default definePlugin({
  id: "vpn-mesh",
  name: "VPN Mesh",
  summary: "Tailscale, ZeroTier, NetBird, Nebula and WireGuard meshes: online, who is reached how, keys that expire.",
  category: "network",
  tier: 3,
  kind: "host",
  needs: [
    "The mesh's service on this machine; ZeroTier's token, or a line in sudoers for wg and netbird",
    "Nebula: its statistics in the Prometheus format",
  ],
  intervalSeconds: 60,
  config,
  metrics,
  alerts,
  board: [
    meter("mesh_online", "Online", { lowIsBad: true, bad: 0 }),
    meter("mesh_peers", "Peers online", { where: { state: "online" }, combine: "sum" }),
    meter("mesh_health_problems", "Problems", { warn: 1 }),
    states("mesh_peer_online", "Peers", "peer"),
    table({
      title: "Peers",
      by: "peer",
      columns: [
        { metric: "mesh_peer_online", title: "Online" },
        { metric: "mesh_peer_direct", title: "Direct" },
        { metric: "mesh_peer_latency_seconds", title: "Latency" },
        { metric: "mesh_peer_last_seen_timestamp_seconds", title: "Last seen" },
        { metric: "mesh_peer_last_handshake_timestamp_seconds", title: "Last handshake" },
        { metric: "mesh_peer_received_bytes_total", title: "Received" },
        { metric: "mesh_peer_sent_bytes_total", title: "Sent" },
      ],
    }),
    table({
      title: "Keys",
      by: "node",
      columns: [{ metric: "mesh_key_remaining_seconds", title: "Valid for" }],
      sort: { metric: "mesh_key_remaining_seconds", ascending: true },
    }),
    chart("Peers", ["mesh_peers"], { stacked: true }),
    chart("Direct and relayed", ["mesh_peers_direct", "mesh_peers_relayed"]),
    chart("Latency", ["mesh_peer_latency_seconds"]),
    chart("Received", ["mesh_peer_received_bytes_total"]),
    chart("Sent", ["mesh_peer_sent_bytes_total"]),
    chart("Unanswered handshakes", ["mesh_handshake_timeouts_total"]),
  ],
  help: {
    not_found: "Check that the mesh's service runs here. In a container mount its socket or token.",
    permission:
      "Tailscale: tailscale set --operator=unity. ZeroTier: paste the token. wg and netbird: switch on Use sudo.",
    unreachable: "Start the mesh's service, and check the address.",
    auth: "Check ZeroTier's token: it is in /var/lib/zerotier-one/authtoken.secret.",
    missing_tool: "Install the mesh's own tool: wireguard-tools, or netbird from its vendor.",
    parse: "Something else answers there. Check the address; Nebula's is stats.listen and stats.path.",
    timeout: "The mesh's service does not answer. Restart it.",
    protocol: "The mesh's service refused the question. Update it, and look into its log.",
  },
  discover,
  target: ({ type, url, interface: device }) => url ?? (type === "wireguard" ? (device ?? "") : type),
  async collect(context, report) {
    reportMesh(context, report, await readMesh(context));
  },
});

function readMesh(context: CollectContext<Config>): Promise<Mesh> {
  const { type } = context.config;
  switch (type) {
    case "tailscale":
      return readTailscale(context);
    case "zerotier":
      return readZerotier(context);
    case "netbird":
      return readNetbird(context);
    case "nebula":
      return readNebula(context);
    case "wireguard":
      return readWireguardMesh(context);
    default:
      return type satisfies never;
  }
}
