import { CollectError, chart, definePlugin, meter, states, table, toLabel } from "../sdk";
import { alerts } from "./alerts";
import type { Answer, Question } from "./ask";
import { config } from "./config";
import { placeOf } from "./failure";
import { collectHost } from "./host";
import { metrics } from "./metrics";
import { openAgent } from "./open-agent";
import { collectPoe } from "./poe";
import { type Port, readPorts } from "./ports";
import { reportPorts } from "./report-ports";
import { collectSensors } from "./sensors";
import type { Survey } from "./survey";
import { readSystem, reportSystem, type System } from "./system";

export default definePlugin({
  id: "network-switch",
  name: "Network Switch (SNMP)",
  summary: "Ports, errors, traffic, power over Ethernet and sensors of anything that speaks SNMP.",
  category: "network",
  tier: 3,
  kind: "network",
  needs: ["An SNMP agent that lets this machine read: a community (1, 2c) or a user (3)"],
  intervalSeconds: 60,
  minIntervalSeconds: 10,
  timeoutMs: 40_000,
  config,
  metrics,
  alerts,
  board: [
    meter("snmp_ports", "Ports up", { where: { state: "up" } }),
    meter("snmp_interface_lost", "Links lost", { combine: "sum", warn: 1 }),
    states("snmp_interface_up", "Ports", "port"),
    table({
      title: "Traffic",
      by: "port",
      columns: [
        { metric: "snmp_interface_receive_bytes_total", title: "Received" },
        { metric: "snmp_interface_transmit_bytes_total", title: "Sent" },
        { metric: "snmp_interface_speed_bits_per_second", title: "Speed" },
        { metric: "snmp_interface_receive_errors_total", title: "Errors received" },
        { metric: "snmp_interface_transmit_discards_total", title: "Dropped" },
      ],
    }),
    chart("Received", ["snmp_interface_receive_bytes_total"]),
    chart("Sent", ["snmp_interface_transmit_bytes_total"]),
    chart("Errors", ["snmp_interface_receive_errors_total", "snmp_interface_transmit_errors_total"]),
    chart("Power over Ethernet", ["snmp_poe_power_watts", "snmp_poe_nominal_watts"]),
    chart("Temperature", ["snmp_sensor_celsius"]),
    chart("Fans", ["snmp_sensor_rpm"]),
    chart("Processors", ["snmp_cpu_usage_ratio"]),
    table({
      title: "Storage",
      by: "storage",
      columns: [
        { metric: "snmp_storage_used_bytes", title: "Used" },
        { metric: "snmp_storage_size_bytes", title: "Size" },
      ],
    }),
  ],
  help: {
    timeout:
      "Check address, community or encryption password, and that the device lets this machine ask (its access list).",
    unreachable: "SNMP is switched off there, or listens on another port.",
    auth: "Check user, passwords, their protocols and the security level.",
    permission: "Give the community or user a view of 1.3.6.1.2.1, for reading.",
    dns: "Check the name, or use the IP address.",
    protocol: "Check that port and version are those of the SNMP agent.",
    unsupported_version: "Choose aes for the encryption.",
  },
  target: placeOf,
  async collect(context, report) {
    const ask = await context.driver<Question, Answer>("snmp", () => openAgent(context));
    const survey: Survey = { context, report, ask };
    const system = await readSystem(survey);
    reportSystem(survey, system);
    const { modules } = context.config;
    let ports: Port[] = [];
    const parts: Readonly<Record<string, () => Promise<boolean | undefined>>> = {
      interfaces: async () => {
        ports = await readPorts(survey);
        return reportPorts(survey, ports, system);
      },
      poe: async () => void (await collectPoe(survey)),
      entity: () => collectSensors(survey),
      host: () => collectHost(survey),
    };
    let truncated = false;
    for (const [name, collect] of Object.entries(parts)) {
      if (!modules.some((module) => module === name)) continue;
      const outcome = await attempt(survey, collect);
      if (outcome === "late") break;
      truncated = outcome === true || truncated;
    }
    report("snmp_items_truncated", truncated ? 1 : 0);
    report.inventory(describeDevice(system, ports.slice(0, context.config.maxItems)));
  },
});

/** A part may fail without costing the others. An agent that has fallen silent is not asked on. */
async function attempt(
  { context, report }: Survey,
  collect: () => Promise<boolean | undefined>,
): Promise<boolean | "late" | undefined> {
  try {
    return await collect();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    report.partial(error.reason, error.message);
    return error.reason === "timeout" || error.reason === "unreachable" ? "late" : undefined;
  }
}

function describeDevice(system: System, ports: readonly Port[]) {
  return {
    facts: {
      name: toLabel(system.name),
      descr: toLabel(system.descr),
      location: toLabel(system.location),
      contact: toLabel(system.contact),
      objectId: toLabel(system.objectId),
    },
    lists: {
      ports: ports.map(({ label, alias, state, adminUp, bitsPerSecond }) => ({
        port: label,
        alias,
        state: adminUp ? state : "disabled",
        bitsPerSecond: bitsPerSecond ?? null,
      })),
    },
  };
}
