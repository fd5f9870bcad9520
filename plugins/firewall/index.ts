import { chart, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { collectHost } from "./collect-host";
import { config } from "./config";
import { discover } from "./discover";
import { metrics } from "./metrics";
import { collectOpnsense } from "./opnsense";
import { collectPfsense } from "./pfsense";

export default definePlugin({
  id: "firewall",
  name: "Firewall",
  summary:
    "Whether nftables, iptables, ufw, firewalld, OPNsense or pfSense filter, what they block, gateways and states.",
  category: "security",
  tier: 0,
  kind: "host",
  needs: [
    "Root's right to list rules: lines in sudoers, see the plugin's page",
    "For OPNsense and pfSense: an API key of a user with few privileges",
  ],
  intervalSeconds: 30,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("firewall_active", "Active", { lowIsBad: true, bad: 0 }),
    meter("firewall_states_ratio", "States", { warn: 0.8, bad: 0.95 }),
    states("firewall_gateway_up", "Gateways", "gateway"),
    states("firewall_interface_up", "Interfaces", "interface"),
    table({
      title: "Gateways",
      by: "gateway",
      columns: [
        { metric: "firewall_gateway_delay_seconds", title: "Delay" },
        { metric: "firewall_gateway_loss_ratio", title: "Loss" },
        { metric: "firewall_gateway_jitter_seconds", title: "Jitter" },
      ],
    }),
    table({
      title: "Interfaces",
      by: "interface",
      columns: [
        { metric: "firewall_interface_receive_bytes_total", title: "Received" },
        { metric: "firewall_interface_transmit_bytes_total", title: "Sent" },
        { metric: "firewall_interface_errors_total", title: "Errors" },
      ],
    }),
    table({
      title: "Blocked",
      by: "source",
      columns: [{ metric: "firewall_top_blocked", title: "Packets in an hour" }],
    }),
    table({ title: "Rules", by: "table_or_chain", columns: [{ metric: "firewall_rules", title: "Rules" }] }),
    states("firewall_service_running", "Services", "service"),
    chart("Dropped", ["firewall_packets_total"], { where: { verdict: "drop" } }),
    chart("Rejected", ["firewall_packets_total"], { where: { verdict: "reject" } }),
    chart("Blocked, as logged", ["firewall_blocked_total"], { stacked: true }),
    chart("Counters", ["firewall_counter_packets_total"]),
    chart("States", ["firewall_states", "firewall_states_limit"]),
    chart("Gateways' delay", ["firewall_gateway_delay_seconds"]),
    chart("Traffic", ["firewall_interface_receive_bytes_total", "firewall_interface_transmit_bytes_total"]),
    chart("Use", ["firewall_cpu_usage_ratio", "firewall_memory_used_ratio"]),
  ],
  help: {
    permission:
      "Only root may list rules: switch on Use sudo and add the plugin's lines to sudoers. An API's user needs privileges.",
    missing_tool: "Install the firewall's tool, or choose the firewall this machine has in the settings.",
    auth: "Check the key and its secret. They are made under the user's API keys.",
    not_found:
      "pfSense needs the package pfSense-pkg-RESTAPI, version 2. Otherwise check the address and the log's path.",
    unreachable:
      "Check the address, and that a rule lets this machine reach the firewall's web interface. firewalld must run.",
    tls: "These firewalls come with a certificate of their own: paste it as the private CA.",
    timeout: "The firewall does not answer. Check the address, and that a rule lets this machine in.",
    parse: "Something else answers there. Check the address, or the tool's version.",
    protocol: "The firewall refused the question. Look at the message, and at the version of its API.",
    unsupported_version: "nft without JSON: choose iptables in the settings, or install a newer nftables.",
  },
  discover,
  target: ({ type, url }) => url ?? (type === "auto" ? "" : type),
  async collect(context, report) {
    const { type } = context.config;
    if (type === "opnsense") await collectOpnsense(context, report);
    else if (type === "pfsense") await collectPfsense(context, report);
    else await collectHost(context, report);
  },
});
