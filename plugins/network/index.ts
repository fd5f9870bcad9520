import { type CollectContext, CollectError, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import {
  addUp,
  chooseInterfaces,
  type Facts,
  findUplinks,
  type HostTotals,
  readFacts,
  reportTraffic,
} from "./interfaces";
import { collectFacts } from "./inventory";
import { collectLinkStates } from "./link-state";
import { FACTS_SECONDS, metrics } from "./metrics";
import { parseTraffic, type Traffic } from "./parse";
import { collectReachability } from "./reachability";
import { createReader, type ReadOptional } from "./read-optional";
import { collectConntrack, collectSockets } from "./sockets";

type Context = CollectContext<Config>;

export default definePlugin({
  id: "network",
  name: "Network",
  summary:
    "Throughput, errors and links of this machine's interfaces, its connections, and whether the gateway answers.",
  category: "network",
  tier: 0,
  kind: "host",
  needs: ["Linux"],
  intervalSeconds: 10,
  autostart: true,
  config,
  metrics,
  alerts,
  board: [
    meter("network_host_receive_bytes_total", "Receive"),
    meter("network_host_transmit_bytes_total", "Transmit"),
    states("network_ping_success", "Reachable", "target"),
    states("network_interface_up", "Links", "interface"),
    table({
      title: "Interfaces",
      by: "interface",
      columns: [
        { metric: "network_receive_bytes_total", title: "Receive" },
        { metric: "network_transmit_bytes_total", title: "Transmit" },
        { metric: "network_interface_speed_bits_per_second", title: "Link speed" },
        { metric: "network_receive_errors_total", title: "Receive errors" },
        { metric: "network_transmit_errors_total", title: "Transmit errors" },
        { metric: "network_receive_dropped_total", title: "Dropped" },
      ],
    }),
    chart("Received", ["network_receive_bytes_total"]),
    chart("Transmitted", ["network_transmit_bytes_total"]),
    chart("Errors and drops", [
      "network_receive_errors_total",
      "network_transmit_errors_total",
      "network_receive_dropped_total",
      "network_transmit_dropped_total",
    ]),
    chart("TCP connections", ["network_connections"], { stacked: true }),
    chart("Round trip", ["network_ping_duration_seconds"]),
    chart("TCP retransmits", ["network_tcp_retransmits_total"]),
  ],
  help: {
    not_found: "This plugin reads Linux's /proc. In a container, mount the host's and set the folder of proc.",
    permission: "Let the user Unity runs as read /proc/net and /sys/class/net.",
  },
  target: ({ procRoot }) => (procRoot === "/proc" ? "" : procRoot),
  async collect(context, report) {
    const { read, tell } = createReader(context, report);
    const { net, interfaces } = await readTraffic(context, report);
    const { chosen, truncated } = chooseInterfaces(interfaces, context.config);
    report("network_interfaces_truncated", truncated ? 1 : 0);
    for (const traffic of chosen) reportTraffic(report, traffic);

    const { facts, fresh } = await refreshFacts(context, read, chosen);
    const totals = addUp(context.memory.recall<HostTotals>("totals")?.value, findUplinks(chosen, facts));
    context.memory.keep("totals", totals);
    report("network_host_receive_bytes_total", totals.receive);
    report("network_host_transmit_bytes_total", totals.transmit);

    await Promise.all([
      collectLinkStates(context, report, read, chosen),
      collectSockets(context, report, read, net),
      collectConntrack(report, read, context.config.procRoot),
      fresh ? collectFacts(context, report, read, net, facts) : undefined,
      collectReachability(context, report, read, net),
    ]);
    tell();
  },
});

/**
 * Below another folder than /proc, the first process shows the host's network: `net` itself always shows the reader's own,
 * which in a container is the container's.
 */
async function readTraffic(context: Context, report: Report<typeof metrics>) {
  const { procRoot } = context.config;
  let net = procRoot === "/proc" ? "/proc/net" : `${procRoot}/1/net`;
  const text = await context.readFile(`${net}/dev`).catch((error: unknown) => {
    if (procRoot === "/proc" || context.signal.aborted || !(error instanceof CollectError)) throw error;
    net = `${procRoot}/net`;
    return context.readFile(`${net}/dev`);
  });
  const { interfaces, malformed } = parseTraffic(text);
  if (interfaces.length === 0) throw new CollectError("parse", `${net}/dev lists no interface that can be read.`);
  if (malformed > 0) report.partial("parse", `${net}/dev has ${malformed} lines that make no sense; the rest is good.`);
  return { net, interfaces };
}

/** The facts of the chosen interfaces: all anew every minute, those of a new interface at once. */
async function refreshFacts(context: Context, read: ReadOptional, chosen: readonly Traffic[]) {
  const due = context.memory.due("facts", FACTS_SECONDS);
  const known = new Map(context.memory.recall<[string, Facts][]>("facts")?.value);
  const isNew = chosen.some(({ name }) => !known.has(name));
  const entries = await Promise.all(
    chosen.map(async ({ name }): Promise<[string, Facts]> => {
      const kept = due ? undefined : known.get(name);
      return [name, kept ?? (await readFacts(context, read, `${context.config.sysRoot}/class/net/${name}`))];
    }),
  );
  context.memory.keep("facts", entries);
  return { facts: new Map(entries), fresh: due || isNew };
}
