import type { Metrics } from "../sdk";

const perInterface = { labels: ["interface"] } as const;
const perPeer = { labels: ["interface", "peer"] } as const;

export const metrics = {
  vpn_interface_up: {
    ...perInterface,
    kind: "gauge",
    unit: "bool",
    description: "1 when the tunnel is there: WireGuard's interface, or OpenVPN connected.",
  },
  vpn_peers: { ...perInterface, kind: "gauge", unit: "count", description: "Peers of WireGuard, clients of OpenVPN." },
  vpn_peers_active: {
    ...perInterface,
    kind: "gauge",
    unit: "count",
    description: "Peers with a recent handshake, clients that are connected.",
  },
  vpn_peers_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more peers than the limit, so that some are not shown one by one.",
  },
  vpn_peer_up: {
    ...perPeer,
    kind: "gauge",
    unit: "bool",
    description: "1 when the peer had a recent handshake, or the client is connected.",
  },
  vpn_peer_missing: {
    ...perPeer,
    kind: "gauge",
    unit: "bool",
    description: "1 when a peer that has a name in the settings is away. Absent for the others.",
  },
  vpn_peer_last_handshake_timestamp_seconds: {
    ...perPeer,
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the last handshake was. Absent before the first.",
  },
  vpn_peer_last_handshake_age_seconds: {
    ...perPeer,
    kind: "gauge",
    unit: "seconds",
    description: "Time since the last handshake. Without traffic and keepalive it grows, which is no fault.",
  },
  vpn_peer_received_bytes_total: {
    ...perPeer,
    kind: "counter",
    unit: "bytes",
    description: "Bytes from the peer. OpenVPN counts from each connection on.",
  },
  vpn_peer_sent_bytes_total: { ...perPeer, kind: "counter", unit: "bytes", description: "Bytes to the peer." },
  vpn_interface_received_bytes_total: {
    ...perInterface,
    kind: "counter",
    unit: "bytes",
    description: "Bytes from all peers.",
  },
  vpn_interface_sent_bytes_total: {
    ...perInterface,
    kind: "counter",
    unit: "bytes",
    description: "Bytes to all peers.",
  },
  vpn_peer_connected_since_timestamp_seconds: {
    ...perPeer,
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the client connected. OpenVPN only.",
  },
  vpn_status_age_seconds: {
    ...perInterface,
    kind: "gauge",
    unit: "seconds",
    description: "How old OpenVPN's status file is.",
  },
  vpn_info: {
    kind: "info",
    unit: "count",
    labels: ["type", "version", "listen_port"],
    description: "What VPN this is, and the port it listens on.",
  },
} as const satisfies Metrics;
