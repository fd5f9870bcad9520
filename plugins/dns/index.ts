import { chart, definePlugin, type Inventory, meter, states, table, toLabel } from "../sdk";
import { readAdguard } from "./adguard";
import { alerts } from "./alerts";
import { readBind } from "./bind";
import { baseUrlOf, type Config, config, hostPortOf, probePlaceOf, usesUrl } from "./config";
import { discover } from "./discover";
import { readDnsmasq } from "./dnsmasq";
import { metrics } from "./metrics";
import { openDns } from "./open-dns";
import { readPihole } from "./pihole";
import { type Probed, probeNames, requireAnswer } from "./probe";
import type { ReadSource } from "./source";
import { readUnbound } from "./unbound";
import { controlPlaceOf } from "./unbound-control";

/** The server behind a plain resolver tells nothing about itself. */
const readNothing: ReadSource = async () => ({});

const SOURCES: Record<Config["type"], ReadSource> = {
  pihole: readPihole,
  adguard: readAdguard,
  unbound: readUnbound,
  bind: readBind,
  dnsmasq: readDnsmasq,
  resolver: readNothing,
};

export default definePlugin({
  id: "dns",
  name: "DNS",
  summary:
    "Whether DNS answers and how fast, what is blocked, and whether lists are fresh: Pi-hole, AdGuard Home and others.",
  category: "network",
  tier: 2,
  kind: "network",
  needs: [
    "Pi-hole: an app password (version 5: the API token)",
    "AdGuard Home: a user and its password",
    "Unbound: remote control, by its socket or with its keys",
    "BIND: statistics-channels with this machine allowed",
  ],
  intervalSeconds: 30,
  config,
  metrics,
  alerts,
  board: [
    meter("dns_probe_success", "Answers", { combine: "min", warn: 1, bad: 0.5, lowIsBad: true }),
    meter("dns_blocked_ratio", "Blocked"),
    meter("dns_cache_hit_ratio", "From the cache"),
    meter("dns_probe_duration_seconds", "Slowest answer", { combine: "max", warn: 0.2, bad: 0.5 }),
    meter("dns_blocking_enabled", "Blocking", { combine: "min", warn: 1, bad: 0.5, lowIsBad: true }),
    states("dns_probe_success", "Names", "name"),
    table({
      title: "Upstream servers",
      by: "upstream",
      columns: [{ metric: "dns_upstream_duration_seconds", title: "Average answer" }],
    }),
    chart("Time to answer", ["dns_probe_duration_seconds"]),
    chart("Questions", ["dns_queries_total", "dns_cache_hits_total"]),
    chart("Questions within the window", ["dns_queries_window", "dns_blocked_window"]),
    chart("Answers by code", ["dns_answers_total"], { stacked: true }),
    chart("Answers within the window", ["dns_replies_window"], { stacked: true }),
    chart("Clients", ["dns_clients_active"]),
  ],
  help: {
    auth: "Pi-hole wants an app password (version 5: the API token), AdGuard Home a user with its password.",
    unreachable: "Check host and port, and that the server takes connections from this machine.",
    timeout: "Check the address, and that no firewall drops the questions.",
    rate_limited: "Log other clients out, or allow more sessions in Pi-hole's settings.",
    not_found: "Check the address, and that this kind of server listens there.",
    parse: "Something else answers there: check the address and the kind of server.",
    protocol: "Something else answers there: check the port and the kind of server.",
    permission: "Allow this machine in the server's settings; for Unbound's socket: sudo usermod -aG unbound unity.",
    tls: "Paste the private CA into the TLS settings; for Unbound its three PEM files.",
    unsupported_version: "Pi-hole 5 and newer, BIND 9.10 and newer are understood.",
  },
  discover,
  target: (settings) => {
    if (usesUrl(settings.type)) return new URL(baseUrlOf(settings)).host;
    return settings.type === "unbound" ? controlPlaceOf({ config: settings }) : hostPortOf(probePlaceOf(settings));
  },
  async collect(context, report) {
    const askDns = await openDns(context);
    // First: also when the statistics fail, it is known whether DNS works.
    const probed = await probeNames(context, askDns, report);
    const inventory = await SOURCES[context.config.type](context, report, askDns);
    report.inventory(withProbes(inventory, probed));
    if (context.config.type === "resolver") requireAnswer(context.config, probed);
  },
});

function withProbes(inventory: Inventory, probed: readonly Probed[]): Inventory {
  const rows = probed.map(({ name, answered, problem }) => ({
    name,
    answer: answered ? toLabel(answered.answers.slice(0, 5).join(", ")) : null,
    code: answered?.rcode ?? null,
    problem: problem === "" ? null : problem,
  }));
  return { ...inventory, lists: { ...(rows.length > 0 ? { questions: rows } : {}), ...inventory.lists } };
}
