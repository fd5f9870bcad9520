import { chart, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { config, placeOf } from "./config";
import { discover } from "./discover";
import { describeBmc } from "./inventory";
import { metrics } from "./metrics";
import { readIpmi } from "./read-ipmi";
import { readRedfish } from "./read-redfish";
import { reportBmc } from "./report-bmc";

export default definePlugin({
  id: "ipmi",
  name: "IPMI / BMC",
  summary:
    "What a server's management controller tells, also when the server is off: temperatures, fans, power, events.",
  category: "hardware",
  tier: 3,
  kind: "network",
  needs: [
    "For IPMI: apt install ipmitool, and a user of the BMC with the privilege USER",
    "For Redfish: a user of the BMC with the role ReadOnly",
    "For this machine's own BMC: access to /dev/ipmi0",
  ],
  intervalSeconds: 60,
  minIntervalSeconds: 30,
  // A slow board needs half a minute for its sensors.
  timeoutMs: 55_000,
  config,
  metrics,
  alerts,
  discover,
  board: [
    meter("ipmi_system_power_watts", "Power"),
    meter("ipmi_temperature_celsius", "Hottest", { max: 110, warn: 75, bad: 85 }),
    meter("ipmi_sensors", "Critical sensors", { where: { state: "critical" }, warn: 1, bad: 1 }),
    meter("ipmi_power_on", "Switched on"),
    meter("ipmi_sel_used_ratio", "Event log", { max: 1, warn: 0.75, bad: 0.9 }),
    states("ipmi_psu_ok", "Power supplies", "psu"),
    states("ipmi_health", "Health", "component"),
    table({
      title: "Temperatures",
      by: "sensor",
      columns: [
        { metric: "ipmi_temperature_celsius", title: "Now" },
        { metric: "ipmi_temperature_critical_celsius", title: "Critical from" },
      ],
    }),
    table({
      title: "Fans",
      by: "sensor",
      columns: [
        { metric: "ipmi_fan_speed_rpm", title: "Speed" },
        { metric: "ipmi_fan_speed_ratio", title: "Of its highest" },
      ],
    }),
    table({
      title: "Sensors in trouble",
      by: "sensor",
      columns: [{ metric: "ipmi_sensor_state", title: "State" }],
      limit: 10,
    }),
    table({ title: "Chassis", by: "kind", columns: [{ metric: "ipmi_chassis_fault", title: "Fault" }] }),
    chart("Power", ["ipmi_system_power_watts", "ipmi_power_watts"]),
    chart("Temperatures", ["ipmi_temperature_celsius"]),
    chart("Fans", ["ipmi_fan_speed_rpm"]),
    chart("Voltages", ["ipmi_voltage_volts"]),
    chart("Currents", ["ipmi_current_amperes"]),
  ],
  help: {
    auth: "Check the user and the password. Many BMCs lock a user out after some wrong ones.",
    permission: "For /dev/ipmi0 see the README; otherwise give the user the privilege USER, or ReadOnly.",
    not_found: "Load the drivers: modprobe ipmi_si ipmi_devintf. A machine without a BMC has no /dev/ipmi0.",
    missing_tool: "Install it: apt install ipmitool. Redfish needs no tool.",
    timeout: "Check the BMC's own address, that IPMI over LAN is switched on, and that no firewall drops UDP 623.",
    unreachable: "Check the BMC's own address, and that it is not the machine's.",
    protocol: "Check the port and the protocol: 623 is IPMI, 443 is Redfish.",
    tls: "BMCs sign their own certificates: paste the BMC's into the TLS settings, or leave Verify off.",
    rate_limited: "All of the BMC's sessions are taken; they end by themselves within minutes.",
  },
  target: placeOf,
  async collect(context, report) {
    const bmc = await (context.config.protocol === "ipmi" ? readIpmi(context, report) : readRedfish(context, report));
    reportBmc(report, bmc, context.config.maxItems);
    report.inventory(describeBmc(bmc, context.config));
  },
});
