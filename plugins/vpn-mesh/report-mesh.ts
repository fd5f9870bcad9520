import { type CollectContext, labelItems, matchesAny, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import type { Mesh, Peer } from "./mesh";
import type { metrics } from "./metrics";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;
type Labelled = { readonly label: string; readonly item: Peer };

export function reportMesh(context: Context, report: Reported, mesh: Mesh): void {
  const { type } = context.config;
  if (mesh.online !== undefined) report("mesh_online", mesh.online ? 1 : 0);
  report("mesh_backend_state", 1, { state: toLabel(mesh.state) || "unknown" });
  report("mesh_info", 1, { type, version: toLabel(mesh.version), self: toLabel(mesh.self) });
  reportFacts(report, mesh);
  const self = toLabel(mesh.self) || "self";
  if (mesh.selfKeyExpiry !== undefined) reportExpiry(context, report, self, mesh.selfKeyExpiry);
  if (mesh.peersOnline !== undefined) report("mesh_peers", mesh.peersOnline, { state: "online" });
  const peers = mesh.peers && choosePeers(context.config, mesh.peers);
  if (peers) reportPeers(context, report, peers, self);
  report.inventory({
    facts: { self: mesh.self, state: mesh.state, peers: peers?.length ?? mesh.peersOnline ?? 0 },
    lists: {
      problems: (mesh.healthProblems ?? []).slice(0, 50).map((problem) => ({ problem: toLabel(problem) })),
      peers: (peers ?? []).slice(0, context.config.maxItems).map(({ label, item }) => ({
        ...{ peer: label, id: item.id.slice(0, 200), online: item.online ?? null, direct: item.direct ?? null },
        lastSeen: item.lastSeen === undefined ? null : new Date(item.lastSeen * 1_000).toISOString(),
      })),
    },
  });
}

function reportFacts(report: Reported, mesh: Mesh): void {
  if (mesh.healthProblems) report("mesh_health_problems", mesh.healthProblems.length);
  for (const [status, count] of mesh.networks ?? []) report("mesh_networks", count, { status });
  if (mesh.relaysAvailable !== undefined) report("mesh_relays_available", mesh.relaysAvailable);
  if (mesh.handshakeTimeouts !== undefined) report("mesh_handshake_timeouts_total", mesh.handshakeTimeouts);
  if (mesh.certificateTtlSeconds !== undefined) report("mesh_certificate_ttl_seconds", mesh.certificateTtlSeconds);
  if (mesh.updateAvailable !== undefined) report("mesh_update_available", mesh.updateAvailable ? 1 : 0);
  if (mesh.exitNodeInUse !== undefined) report("mesh_exit_node_in_use", mesh.exitNodeInUse ? 1 : 0);
}

function choosePeers({ ignorePeers }: Config, peers: readonly Peer[]): Labelled[] {
  return labelItems(peers, { name: ({ name }) => name, id: ({ id }) => id })
    .filter(({ label, item }) => !matchesAny(label, ignorePeers) && !matchesAny(item.name, ignorePeers))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

function reportPeers(context: Context, report: Reported, peers: readonly Labelled[], self: string): void {
  const { expectedPeers, maxItems } = context.config;
  const expected = new Set(expectedPeers.map(toLabel));
  const isExpected = ({ label, item }: Labelled) => expected.has(label) || expected.has(toLabel(item.name));
  const count = (is: (peer: Peer) => boolean) => peers.filter(({ item }) => is(item)).length;
  const direct = count((peer) => peer.direct === true);
  const relayed = count((peer) => peer.direct === false);
  report(
    "mesh_peers",
    count(({ online }) => online === true),
    { state: "online" },
  );
  report(
    "mesh_peers",
    count(({ online }) => online === false),
    { state: "offline" },
  );
  report("mesh_peers_direct", direct);
  report("mesh_peers_relayed", relayed);
  report("mesh_relayed_only", relayed > 0 && direct === 0 ? 1 : 0);
  report("mesh_peers_truncated", peers.length > maxItems ? 1 : 0);
  // Expected ones are never among those left out.
  const first = [...peers].sort((a, b) => Number(isExpected(b)) - Number(isExpected(a)));
  for (const peer of first.slice(0, maxItems)) {
    reportPeer(report, peer);
    if (peer.item.keyExpiry !== undefined && peer.label !== self)
      reportExpiry(context, report, peer.label, peer.item.keyExpiry);
    if (isExpected(peer) && peer.item.online !== undefined)
      report("mesh_peer_missing", peer.item.online ? 0 : 1, { peer: peer.label });
  }
  // One that the mesh does not know any more is offline as well.
  const known = new Set(peers.flatMap(({ label, item }) => [label, toLabel(item.name)]));
  for (const name of expected) {
    if (known.has(name)) continue;
    report("mesh_peer_online", 0, { peer: name });
    report("mesh_peer_missing", 1, { peer: name });
  }
}

function reportPeer(report: Reported, { label: peer, item }: Labelled): void {
  const { online, direct, latencySeconds, lastSeen, lastHandshake, receivedBytes, sentBytes } = item;
  if (online !== undefined) report("mesh_peer_online", online ? 1 : 0, { peer });
  if (direct !== undefined) report("mesh_peer_direct", direct ? 1 : 0, { peer });
  if (latencySeconds !== undefined) report("mesh_peer_latency_seconds", latencySeconds, { peer });
  if (lastSeen !== undefined) report("mesh_peer_last_seen_timestamp_seconds", lastSeen, { peer });
  if (lastHandshake !== undefined) report("mesh_peer_last_handshake_timestamp_seconds", lastHandshake, { peer });
  if (receivedBytes !== undefined) report("mesh_peer_received_bytes_total", receivedBytes, { peer });
  if (sentBytes !== undefined) report("mesh_peer_sent_bytes_total", sentBytes, { peer });
}

function reportExpiry({ now }: Context, report: Reported, node: string, expiry: number): void {
  report("mesh_key_expiry_timestamp_seconds", expiry, { node });
  report("mesh_key_remaining_seconds", expiry - now / 1_000, { node });
}
