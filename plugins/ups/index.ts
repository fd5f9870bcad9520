import { chart, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { config, placeOf } from "./config";
import { discover } from "./discover";
import { describeServer } from "./inventory";
import { metrics } from "./metrics";
import { readApcupsd } from "./read-apcupsd";
import { readNut } from "./read-nut";
import { reportUps } from "./report-ups";

export default definePlugin({
  id: "ups",
  name: "UPS",
  summary: "Mains, battery, load and time left of the UPSes that NUT or apcupsd looks after.",
  category: "power",
  tier: 1,
  kind: "network",
  needs: ["NUT (upsd, port 3493) or apcupsd (NIS, port 3551), reachable from here"],
  intervalSeconds: 15,
  config,
  metrics,
  alerts,
  board: [
    meter("ups_battery_charge_ratio", "Battery", { combine: "min", max: 1, warn: 0.5, bad: 0.25, lowIsBad: true }),
    meter("ups_load_ratio", "Load", { max: 1, warn: 0.8, bad: 0.95 }),
    meter("ups_battery_runtime_seconds", "Time left", { combine: "min", warn: 900, bad: 600, lowIsBad: true }),
    meter("ups_power_watts", "Power", { combine: "sum" }),
    states("ups_on_line", "On the mains", "ups"),
    states("ups_communication_ok", "In contact", "ups"),
    table({
      title: "UPSes",
      by: "ups",
      columns: [
        { metric: "ups_battery_charge_ratio", title: "Battery" },
        { metric: "ups_battery_runtime_seconds", title: "Time left" },
        { metric: "ups_load_ratio", title: "Load" },
        { metric: "ups_power_watts", title: "Power" },
        { metric: "ups_on_battery", title: "On battery" },
        { metric: "ups_replace_battery", title: "Wants a battery" },
        { metric: "ups_battery_age_seconds", title: "Battery's age" },
      ],
      sort: { metric: "ups_battery_charge_ratio", ascending: true },
    }),
    chart("Battery", ["ups_battery_charge_ratio"]),
    chart("Time left", ["ups_battery_runtime_seconds"]),
    chart("Load", ["ups_load_ratio"]),
    chart("Power", ["ups_power_watts"]),
    chart("Mains and output", ["ups_input_voltage_volts", "ups_output_voltage_volts"]),
    chart("Temperature", ["ups_temperature_celsius"]),
  ],
  help: {
    unreachable:
      "Check that upsd listens on more than 127.0.0.1 (LISTEN in upsd.conf), or NETSERVER on in apcupsd.conf.",
    timeout: "Check the address, and that no firewall drops the port (3493 NUT, 3551 apcupsd).",
    auth: "Check the user and password in upsd.users.",
    permission: "Check LISTEN in upsd.conf, and the user in upsd.users.",
    not_found: "Check the name of the UPS: upsc -l lists them on the server.",
    protocol: "Check the port, and whether the server is NUT or apcupsd.",
    tls: "Paste upsd's certificate or its CA into the TLS settings, or switch TLS off.",
  },
  discover,
  target: (settings) => (settings.ups === undefined ? placeOf(settings) : `${settings.ups}@${placeOf(settings)}`),
  async collect(context, report) {
    const read = await (context.config.backend === "nut" ? readNut(context) : readApcupsd(context));
    for (const ups of read.upses) reportUps(report, ups, context.config, context.now);
    report("ups_truncated", read.truncated ? 1 : 0);
    report.inventory(describeServer(read, context.config));
  },
});
