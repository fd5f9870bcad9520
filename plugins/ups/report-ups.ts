import type { Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Flags, Ups } from "./state";

type Reported = Report<typeof metrics>;
/** Metrics that carry nothing but the name of the UPS. */
type Plain = Exclude<keyof typeof metrics, "ups_power_watts" | "ups_info" | "ups_truncated">;
type Limits = Pick<Config, "lowBatteryRatio" | "lowRuntimeSeconds">;

export function reportUps(report: Reported, ups: Ups, limits: Limits, now: number): void {
  const labels = { ups: ups.name };
  const tell = (metric: Plain, value: number | boolean | undefined) => {
    if (value !== undefined) report(metric, Number(value), labels);
  };
  tell("ups_communication_ok", ups.isHeard);
  if (ups.flags) reportFlags(tell, ups.flags);
  if (ups.flags) tell("ups_running_out", isRunningOut(ups, ups.flags, limits));
  tell("ups_battery_charge_ratio", ups.chargeRatio);
  tell("ups_battery_runtime_seconds", ups.runtimeSeconds);
  tell("ups_battery_voltage_volts", ups.batteryVolts);
  tell("ups_battery_age_seconds", ageOf(ups.batteryDate, now));
  tell("ups_load_ratio", ups.loadRatio);
  tell("ups_power_nominal_watts", ups.nominalWatts);
  tell("ups_input_voltage_volts", ups.inputVolts);
  tell("ups_output_voltage_volts", ups.outputVolts);
  tell("ups_input_frequency_hertz", ups.inputHertz);
  tell("ups_temperature_celsius", ups.celsius);
  tell("ups_transfers_total", ups.transfers);
  tell("ups_on_battery_seconds_total", ups.onBatterySeconds);
  tell("ups_self_test_ok", ups.testPassed);
  reportPower(report, ups);
  const { manufacturer, model, serial, firmware, driver } = ups.facts;
  if (model !== "" || serial !== "" || driver !== "")
    report("ups_info", 1, { ...labels, manufacturer, model, serial, firmware, driver });
}

function reportFlags(tell: (metric: Plain, value: boolean | undefined) => void, flags: Flags): void {
  tell("ups_on_line", flags.onLine);
  tell("ups_on_battery", flags.onBattery);
  tell("ups_low_battery", flags.lowBattery);
  tell("ups_replace_battery", flags.replaceBattery);
  tell("ups_overloaded", flags.overloaded);
  tell("ups_bypass", flags.bypass);
  tell("ups_charging", flags.charging);
  tell("ups_forced_shutdown", flags.forcedShutdown);
}

function reportPower(report: Reported, { name, powerWatts, loadRatio, nominalWatts }: Ups): void {
  if (powerWatts !== undefined) report("ups_power_watts", powerWatts, { ups: name, estimated: "false" });
  else if (loadRatio !== undefined && nominalWatts !== undefined)
    report("ups_power_watts", loadRatio * nominalWatts, { ups: name, estimated: "true" });
}

function isRunningOut({ chargeRatio, runtimeSeconds }: Ups, flags: Flags, limits: Limits): boolean {
  if (flags.lowBattery) return true;
  if (!flags.onBattery) return false;
  return (
    (chargeRatio !== undefined && chargeRatio < limits.lowBatteryRatio) ||
    (runtimeSeconds !== undefined && runtimeSeconds < limits.lowRuntimeSeconds)
  );
}

/** A date in the future is a clock that is wrong. */
function ageOf(date: number | undefined, now: number): number | undefined {
  return date === undefined || date > now ? undefined : (now - date) / 1_000;
}
