import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import { CONNECTIONS_SECONDS, type metrics } from "./metrics";
import { countStates, parseProtocols, parseSnmp6, parseSockets, parseTotal } from "./parse";
import type { ReadOptional } from "./read-optional";

/** Listing more connections than this costs the kernel and us tens of milliseconds; the totals then have to do. */
const MAX_LISTED = 10_000;
/** A line has about 150 bytes; connections may come while the list is read. */
const MAX_LIST_BYTES = 4_194_304;

/** Reports the kernel's counts of sockets, TCP and UDP. @param net the folder of /proc/net */
export async function collectSockets(
  context: CollectContext<Config>,
  report: Report<typeof metrics>,
  read: ReadOptional,
  net: string,
): Promise<void> {
  const [sockstat = "", sockstat6 = "", snmp = "", netstat = "", snmp6 = ""] = await Promise.all(
    ["sockstat", "sockstat6", "snmp", "netstat", "snmp6"].map((name) => read(`${net}/${name}`)),
  );
  const { inUse, timeWait } = parseSockets(`${sockstat}\n${sockstat6}`);
  for (const [protocol, count] of inUse) report("network_sockets", count, { protocol });

  const totals = parseProtocols(snmp);
  const retransmits = totals.get("Tcp.RetransSegs");
  if (retransmits !== undefined) report("network_tcp_retransmits_total", retransmits);
  const drops = parseProtocols(netstat).get("TcpExt.ListenDrops");
  if (drops !== undefined) report("network_tcp_listen_drops_total", drops);
  const errors = totals.get("Udp.InErrors");
  if (errors !== undefined)
    report("network_udp_receive_errors_total", errors + (parseSnmp6(snmp6, "Udp6InErrors") ?? 0));

  if (!context.config.includeConnections || !context.memory.due("connections", CONNECTIONS_SECONDS)) return;
  const listed = (inUse.get("tcp") ?? 0) + (inUse.get("tcp6") ?? 0) + (timeWait ?? 0);
  const states =
    listed > MAX_LISTED
      ? [["established", totals.get("Tcp.CurrEstab")] as const, ["time_wait", timeWait] as const]
      : await readStates(read, net, inUse.get("tcp6") !== 0);
  for (const [state, count] of states) if (count !== undefined) report("network_connections", count, { state });
}

/** @param six whether there are IPv6 sockets; if not, a walk of the kernel's table is spared */
async function readStates(read: ReadOptional, net: string, six: boolean): Promise<Map<string, number>> {
  const tcp = await read(`${net}/tcp`, MAX_LIST_BYTES);
  const tcp6 = six ? await read(`${net}/tcp6`, MAX_LIST_BYTES) : undefined;
  return tcp === undefined ? new Map() : countStates(tcp, tcp6 ?? "");
}

/** Reports how full the firewall's table of connections is. Without a firewall there is none, and nothing is said. */
export async function collectConntrack(
  report: Report<typeof metrics>,
  read: ReadOptional,
  procRoot: string,
): Promise<void> {
  const folder = `${procRoot}/sys/net/netfilter`;
  const [count, max] = await Promise.all([read(`${folder}/nf_conntrack_count`), read(`${folder}/nf_conntrack_max`)]);
  const entries = parseTotal(count?.trim());
  const limit = parseTotal(max?.trim());
  if (entries !== undefined) report("network_conntrack_entries", entries);
  // 0 stands for no limit.
  if (limit) report("network_conntrack_limit", limit);
}
