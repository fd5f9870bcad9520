import {
  type CollectContext,
  CollectError,
  isGlob,
  labelItems,
  matchesAny,
  matchesGlob,
  type Report,
  readWireguard,
  toLabel,
  type WireguardInterface,
  type WireguardPeer,
} from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

/** Enough of a key to tell it from others, as WireGuard's own tools log it. */
const SHOWN_KEY = 8;

export async function collectWireguard(context: Context, report: Reported): Promise<void> {
  const { config } = context;
  const all = await readWireguard(context, config);
  const chosen = config.interfaces.length === 0 ? all : all.filter(({ name }) => matchesAny(name, config.interfaces));
  const missing = findMissing(context, all);
  if (chosen.length === 0 && missing.length === 0)
    throw new CollectError("not_found", "There is no WireGuard interface on this machine.", {
      hint: "Bring it up (wg-quick up wg0), or check in which network namespace it is.",
    });
  for (const name of missing) report("vpn_interface_up", 0, { interface: toLabel(name) });
  const left = { items: config.maxItems };
  for (const one of chosen) reportInterface(context, report, one, left);
  // Interfaces that only connect share the port 0.
  for (const port of new Set(chosen.map(({ listenPort }) => listenPort)))
    report("vpn_info", 1, { type: "wireguard", version: "", listen_port: port === 0 ? "" : String(port) });
  report("vpn_peers_truncated", left.items < 0 ? 1 : 0);
  reportAbsent(config, report, chosen);
  report.inventory(listPeers(context, chosen));
}

/** Interfaces that the settings name, or that were there before, and are not now. */
function findMissing({ config, memory }: Context, all: readonly WireguardInterface[]): string[] {
  const names = all.map(({ name }) => name);
  if (config.interfaces.length > 0)
    return config.interfaces.filter((wanted) =>
      isGlob(wanted) ? !names.some((name) => matchesGlob(name, wanted)) : !names.includes(wanted),
    );
  const seen = memory.recall<readonly string[]>("seen")?.value ?? [];
  memory.keep("seen", [...new Set([...seen, ...names])].slice(-MAX_SEEN));
  return seen.filter((name) => !names.includes(name));
}
/** Interfaces come and go under the same few names. */
const MAX_SEEN = 50;

function reportInterface(
  { config, now }: Context,
  report: Reported,
  { name, peers }: WireguardInterface,
  left: { items: number },
): void {
  const labels = { interface: toLabel(name) };
  const isActive = ({ handshakeSeconds }: WireguardPeer) =>
    handshakeSeconds !== undefined && now / 1_000 - handshakeSeconds < config.staleAfterSeconds;
  report("vpn_interface_up", 1, labels);
  report("vpn_peers", peers.length, labels);
  report("vpn_peers_active", peers.filter(isActive).length, labels);
  report(
    "vpn_interface_received_bytes_total",
    sum(peers, ({ receivedBytes }) => receivedBytes),
    labels,
  );
  report(
    "vpn_interface_sent_bytes_total",
    sum(peers, ({ sentBytes }) => sentBytes),
    labels,
  );
  for (const { item, label } of labelPeers(config, peers)) {
    left.items -= 1;
    if (left.items < 0) continue;
    const both = { ...labels, peer: label };
    report("vpn_peer_up", isActive(item) ? 1 : 0, both);
    if (Object.hasOwn(config.peerNames, item.publicKey)) report("vpn_peer_missing", isActive(item) ? 0 : 1, both);
    report("vpn_peer_received_bytes_total", item.receivedBytes, both);
    report("vpn_peer_sent_bytes_total", item.sentBytes, both);
    if (item.handshakeSeconds === undefined) continue;
    report("vpn_peer_last_handshake_timestamp_seconds", item.handshakeSeconds, both);
    // A clock that was set back makes no negative age.
    report("vpn_peer_last_handshake_age_seconds", Math.max(0, now / 1_000 - item.handshakeSeconds), both);
  }
}

/** Peers that have a name and are not among the interface's: removed, or never added. */
function reportAbsent({ peerNames }: Config, report: Reported, chosen: readonly WireguardInterface[]): void {
  const present = new Set(chosen.flatMap(({ peers }) => peers.map(({ publicKey }) => publicKey)));
  const absent = Object.entries(peerNames).filter(([key]) => !present.has(key));
  const items = absent.map(([key, name]) => ({ key, name }));
  for (const { label } of labelItems(items, { name: ({ name }) => name, id: ({ key }) => key.slice(0, SHOWN_KEY) }))
    report("vpn_peer_missing", 1, { interface: "none", peer: label });
}

function labelPeers({ peerNames }: Config, peers: readonly WireguardPeer[]) {
  return labelItems(peers, {
    name: ({ publicKey }) => {
      const named = Object.hasOwn(peerNames, publicKey) ? peerNames[publicKey] : undefined;
      return named ?? publicKey.slice(0, SHOWN_KEY);
    },
    id: ({ publicKey }) => publicKey.slice(0, 2 * SHOWN_KEY),
  });
}

function listPeers({ config }: Context, chosen: readonly WireguardInterface[]) {
  const peers = chosen.flatMap(({ name, peers }) =>
    labelPeers(config, peers).map(({ item, label }) => ({
      ...{ interface: name, peer: label, publicKey: item.publicKey, endpoint: item.endpoint },
      allowedIps: item.allowedIps.join(", ").slice(0, 200),
    })),
  );
  return {
    facts: { interfaces: chosen.length, peers: peers.length },
    lists: {
      interfaces: chosen.map(({ name, publicKey, listenPort }) => ({ interface: name, publicKey, listenPort })),
      peers: peers.slice(0, config.maxItems),
    },
  };
}

const sum = <T>(items: readonly T[], amountOf: (item: T) => number) =>
  items.reduce((total, item) => total + amountOf(item), 0);
