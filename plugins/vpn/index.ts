import { chart, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import { metrics } from "./metrics";
import { collectOpenvpn } from "./openvpn";
import { collectWireguard } from "./wireguard";

export default definePlugin({
  id: "vpn",
  name: "VPN",
  summary: "Tunnels of WireGuard and OpenVPN: whether they are up, which peers are there, and their traffic.",
  category: "security",
  tier: 2,
  kind: "host",
  needs: [
    "WireGuard: wg (wireguard-tools) with root's right, by a line in sudoers",
    "OpenVPN: its management interface, or a status file that Unity may read",
  ],
  intervalSeconds: 30,
  config,
  metrics,
  alerts,
  board: [
    meter("vpn_peers_active", "Connected", { combine: "sum" }),
    meter("vpn_peers", "Peers", { combine: "sum" }),
    states("vpn_interface_up", "Tunnels", "interface"),
    states("vpn_peer_up", "Peers", "peer"),
    table({
      title: "Peers",
      by: "peer",
      columns: [
        { metric: "vpn_peer_up", title: "Up" },
        { metric: "vpn_peer_last_handshake_age_seconds", title: "Last handshake" },
        { metric: "vpn_peer_connected_since_timestamp_seconds", title: "Since" },
        { metric: "vpn_peer_received_bytes_total", title: "Received" },
        { metric: "vpn_peer_sent_bytes_total", title: "Sent" },
      ],
    }),
    chart("Traffic", ["vpn_interface_received_bytes_total", "vpn_interface_sent_bytes_total"]),
    chart("Received by peer", ["vpn_peer_received_bytes_total"]),
    chart("Sent by peer", ["vpn_peer_sent_bytes_total"]),
    chart("Connected", ["vpn_peers_active"]),
    chart("Age of the status file", ["vpn_status_age_seconds"]),
  ],
  help: {
    missing_tool: "Install WireGuard's tools: apt install wireguard-tools.",
    permission:
      "Only root may ask WireGuard: switch on Use sudo and add the plugin's line to sudoers. A socket or file of OpenVPN must be readable.",
    not_found: "Bring the tunnel up, or check the path of OpenVPN's socket or status file.",
    unreachable: "OpenVPN does not run, or its management interface is somewhere else.",
    timeout: "OpenVPN's management interface serves one at a time: something else may be connected to it.",
    auth: "The password is the first line of the file behind `management` in OpenVPN's settings.",
    protocol: "What answers is not OpenVPN's management interface. Check the address.",
    parse: "Something unknown was printed. Run wg show, or look into the status file.",
  },
  discover,
  target: ({ type, interfaces, management, statusFile }) =>
    type === "wireguard" ? interfaces.join(", ").slice(0, 200) : (management ?? statusFile ?? ""),
  async collect(context, report) {
    if (context.config.type === "wireguard") await collectWireguard(context, report);
    else await collectOpenvpn(context, report);
  },
});
