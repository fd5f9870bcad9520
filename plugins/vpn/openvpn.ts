import { type CollectContext, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import { openManagement } from "./management";
import type { metrics } from "./metrics";
import { type Client, parseStatus, type Status } from "./parse-status";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

/** A status file lists a thousand clients in 200 KiB. */
const MAX_FILE_BYTES = 4 * 1_024 * 1_024;

export async function collectOpenvpn(context: Context, report: Reported): Promise<void> {
  const labels = { interface: toLabel(context.config.interfaces[0] ?? "openvpn") };
  if (context.config.statusFile === undefined) await collectManagement(context, report, labels);
  else await collectFile(context, report, labels, context.config.statusFile);
}

type InterfaceLabels = { readonly interface: string };

async function collectManagement(context: Context, report: Reported, labels: InterfaceLabels): Promise<void> {
  const management = await openManagement(context);
  const version = versionOf(await management.list("version"));
  const state = await management.list("state");
  const load = await management.say("load-stats");
  const status = parseStatus(await management.list("status 3"));
  await management.quit();

  // 1795447866,CONNECTED,SUCCESS,10.8.0.2,...: the last line is the state of now.
  const isConnected = state.at(-1)?.split(",")[1] === "CONNECTED";
  report("vpn_interface_up", isConnected ? 1 : 0, labels);
  report("vpn_info", 1, { type: "openvpn", version: toLabel(version), listen_port: "" });
  const [, received] = /bytesin=(\d+)/.exec(load) ?? [];
  const [, sent] = /bytesout=(\d+)/.exec(load) ?? [];
  // Only a server adds its clients up; a client's own numbers stand in its status.
  const own = status.role === "client" ? status : undefined;
  reportTraffic(report, labels, own?.receivedBytes ?? numberOf(received), own?.sentBytes ?? numberOf(sent));
  if (status.role === "server") reportClients(context, report, labels, status.clients);
}

async function collectFile(context: Context, report: Reported, labels: InterfaceLabels, path: string): Promise<void> {
  const part = await context.readPart(path, { offset: 0, maxBytes: MAX_FILE_BYTES });
  const status = parseStatus(new TextDecoder().decode(part.data).split("\n"));
  const writtenAt = (status.role === "server" ? status.atSeconds : undefined) ?? part.mtimeMs / 1_000;
  const age = Math.max(0, context.now / 1_000 - writtenAt);
  report("vpn_status_age_seconds", age, labels);
  // An OpenVPN that was stopped leaves its file as it was: what stands in it is over.
  const isFresh = age <= context.config.staleAfterSeconds;
  report("vpn_interface_up", isFresh ? 1 : 0, labels);
  report("vpn_info", 1, { type: "openvpn", version: toLabel(versionIn(status)), listen_port: "" });
  if (status.role === "client") {
    if (isFresh) reportTraffic(report, labels, status.receivedBytes, status.sentBytes);
  } else reportClients(context, report, labels, isFresh ? status.clients : []);
}

function reportClients(
  { config }: Context,
  report: Reported,
  labels: InterfaceLabels,
  clients: readonly Client[],
): void {
  const nameOf = (name: string) =>
    toLabel(Object.hasOwn(config.peerNames, name) ? (config.peerNames[name] ?? name) : name);
  const byName = groupBy(clients, ({ name }) => nameOf(name));
  const wanted = new Set(Object.keys(config.peerNames).map(nameOf));
  report("vpn_peers", new Set([...byName.keys(), ...wanted]).size, labels);
  report("vpn_peers_active", byName.size, labels);
  report("vpn_peers_truncated", byName.size > config.maxItems ? 1 : 0);
  for (const peer of wanted) report("vpn_peer_missing", byName.has(peer) ? 0 : 1, { ...labels, peer });
  for (const peer of wanted) if (!byName.has(peer)) report("vpn_peer_up", 0, { ...labels, peer });
  for (const [peer, connections] of [...byName].slice(0, config.maxItems)) {
    const both = { ...labels, peer };
    report("vpn_peer_up", 1, both);
    const received = sum(connections.map(({ receivedBytes }) => receivedBytes));
    const sent = sum(connections.map(({ sentBytes }) => sentBytes));
    const since = connections.flatMap(({ sinceSeconds }) => sinceSeconds ?? []);
    if (received !== undefined) report("vpn_peer_received_bytes_total", received, both);
    if (sent !== undefined) report("vpn_peer_sent_bytes_total", sent, both);
    if (since.length > 0) report("vpn_peer_connected_since_timestamp_seconds", Math.min(...since), both);
  }
  report.inventory({
    facts: { clients: byName.size },
    lists: {
      clients: clients
        .slice(0, config.maxItems)
        .map(({ name, sinceSeconds }) => ({ client: nameOf(name), connectedSince: sinceSeconds ?? null })),
    },
  });
}

function reportTraffic(
  report: Reported,
  labels: InterfaceLabels,
  received: number | undefined,
  sent: number | undefined,
): void {
  if (received !== undefined) report("vpn_interface_received_bytes_total", received, labels);
  if (sent !== undefined) report("vpn_interface_sent_bytes_total", sent, labels);
}

/** One certificate may be used by several devices at once (duplicate-cn): they are one peer. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}

const versionOf = (lines: readonly string[]) => /OpenVPN (\d[\w.]*)/.exec(lines.join("\n"))?.[1] ?? "";
const versionIn = (status: Status) => (status.role === "server" ? status.version : "");
const numberOf = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
