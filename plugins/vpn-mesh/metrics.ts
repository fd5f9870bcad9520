import type { Metrics } from "../sdk";

const gauge = { kind: "gauge", unit: "count" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const instant = { kind: "gauge", unit: "timestamp_seconds" } as const;
const peer = { labels: ["peer"] } as const;

export const metrics = {
  mesh_online: { ...bool, description: "1 when this machine is part of its mesh." },
  mesh_backend_state: { ...gauge, labels: ["state"], description: "Always 1: what the mesh's service says of itself." },
  mesh_peers: { ...gauge, labels: ["state"], description: "Peers that are online and offline." },
  mesh_peers_direct: { ...gauge, description: "Peers that are reached directly now." },
  mesh_peers_relayed: { ...gauge, description: "Peers that are reached through a relay now." },
  mesh_relayed_only: { ...bool, description: "1 when peers are reached, and each of them through a relay." },
  mesh_peers_truncated: { ...bool, description: "1 when there were more peers than the limit." },
  mesh_peer_online: { ...bool, ...peer, description: "1 when the peer is online." },
  mesh_peer_missing: { ...bool, ...peer, description: "1 when an expected peer is offline. Absent for the others." },
  mesh_peer_direct: {
    ...bool,
    ...peer,
    description: "1 when the peer is reached directly, 0 through a relay. Absent while nothing is sent.",
  },
  mesh_peer_latency_seconds: { ...peer, kind: "gauge", unit: "seconds", description: "How far the peer is." },
  mesh_peer_last_seen_timestamp_seconds: { ...instant, ...peer, description: "When it was last heard of." },
  mesh_peer_last_handshake_timestamp_seconds: { ...instant, ...peer, description: "When the last handshake was." },
  mesh_peer_received_bytes_total: { ...peer, kind: "counter", unit: "bytes", description: "Bytes from the peer." },
  mesh_peer_sent_bytes_total: { ...peer, kind: "counter", unit: "bytes", description: "Bytes to the peer." },
  mesh_key_expiry_timestamp_seconds: {
    ...instant,
    labels: ["node"],
    description: "When the key expires, of this machine and of peers. Absent for keys that do not.",
  },
  mesh_key_remaining_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels: ["node"],
    description: "How long the key is still valid; negative when it has expired.",
  },
  mesh_health_problems: { ...gauge, description: "Problems that the mesh's service complains of." },
  mesh_networks: { ...gauge, labels: ["status"], description: "Networks of ZeroTier by their status." },
  mesh_relays_available: { ...gauge, description: "Relays that can be reached." },
  mesh_handshake_timeouts_total: {
    kind: "counter",
    unit: "count",
    description: "Handshakes that were not answered.",
  },
  mesh_certificate_ttl_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "How long Nebula's certificate is still valid.",
  },
  mesh_update_available: { ...bool, description: "1 when there is a newer version." },
  mesh_exit_node_in_use: { ...bool, description: "1 when all traffic goes through another machine." },
  mesh_info: { kind: "info", unit: "count", labels: ["type", "version", "self"], description: "What mesh this is." },
} as const satisfies Metrics;
