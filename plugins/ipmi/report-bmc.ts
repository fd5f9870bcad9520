import type { Report } from "../sdk";
import type { Bmc, Sensor } from "./bmc";
import type { metrics } from "./metrics";

type Reported = Report<typeof metrics>;

const STATES = ["ok", "warning", "critical", "unavailable"] as const;
const METRICS = {
  temperature: "ipmi_temperature_celsius",
  fan: "ipmi_fan_speed_rpm",
  fanRatio: "ipmi_fan_speed_ratio",
  voltage: "ipmi_voltage_volts",
  current: "ipmi_current_amperes",
  power: "ipmi_power_watts",
} as const;

export function reportBmc(report: Reported, bmc: Bmc, maxItems: number): void {
  const { isOn, systemWatts, log, identity } = bmc;
  if (isOn !== undefined) report("ipmi_power_on", Number(isOn));
  if (systemWatts !== undefined) report("ipmi_system_power_watts", systemWatts);
  if (bmc.sensors) reportSensors(report, bmc.sensors, maxItems);
  report("ipmi_sensors_truncated", bmc.truncated || (bmc.sensors?.length ?? 0) > maxItems ? 1 : 0);
  for (const { name, isOk } of bmc.supplies.slice(0, maxItems)) report("ipmi_psu_ok", Number(isOk), { psu: name });
  for (const [kind, fault] of Object.entries(bmc.faults)) report("ipmi_chassis_fault", Number(fault), { kind });
  if (log?.entries !== undefined) report("ipmi_sel_entries", log.entries);
  if (log?.usedRatio !== undefined) report("ipmi_sel_used_ratio", log.usedRatio);
  if (log?.critical !== undefined) report("ipmi_sel_critical_entries", log.critical);
  for (const { component, isOk } of bmc.health.slice(0, maxItems)) report("ipmi_health", Number(isOk), { component });
  if (identity) report("ipmi_info", 1, { ...identity });
}

function reportSensors(report: Reported, sensors: readonly Sensor[], maxItems: number): void {
  for (const sensor of sensors.slice(0, maxItems)) reportSensor(report, sensor);
  for (const [index, state] of STATES.entries())
    report("ipmi_sensors", sensors.filter((sensor) => sensor.state === index).length, { state });
}

function reportSensor(report: Reported, { name, quantity, value, state, criticalCelsius }: Sensor): void {
  const labels = { sensor: name };
  report("ipmi_sensor_state", state, labels);
  if (value !== undefined && quantity !== "other") report(METRICS[quantity], value, labels);
  if (value !== undefined && criticalCelsius !== undefined)
    report("ipmi_temperature_critical_celsius", criticalCelsius, labels);
}
