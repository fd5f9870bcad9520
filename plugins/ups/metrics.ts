import type { Metrics } from "../sdk";

const ups = ["ups"] as const;
const gauge = { kind: "gauge", labels: ups } as const;
const flag = { kind: "gauge", unit: "bool", labels: ups } as const;

export const metrics = {
  ups_on_line: { ...flag, description: "1 when the mains supply the load." },
  ups_on_battery: { ...flag, description: "1 when the battery supplies the load." },
  ups_low_battery: { ...flag, description: "1 when the UPS itself calls its battery low." },
  ups_running_out: {
    ...flag,
    description:
      "1 when the UPS calls its battery low, or is on battery with less charge or time left than the settings want.",
  },
  ups_replace_battery: { ...flag, description: "1 when the UPS wants a new battery." },
  ups_overloaded: { ...flag, description: "1 when more is plugged in than the UPS can supply." },
  ups_bypass: { ...flag, description: "1 when the load is on the mains directly, without protection." },
  ups_charging: { ...flag, description: "1 while the battery is charged." },
  ups_forced_shutdown: { ...flag, description: "1 when the machines on it were told to shut down." },
  ups_communication_ok: { ...flag, description: "0 when the server has lost its UPS: a cable, a driver, a power cut." },
  ups_battery_charge_ratio: { ...gauge, unit: "ratio", min: 0, max: 2, description: "Charge of the battery." },
  ups_battery_runtime_seconds: {
    ...gauge,
    unit: "seconds",
    min: 0,
    description: "How long the battery would last now.",
  },
  ups_battery_voltage_volts: { ...gauge, unit: "volts", description: "Voltage of the battery." },
  ups_battery_age_seconds: {
    ...gauge,
    unit: "seconds",
    description: "Time since the battery was put in, or made where only that is known.",
  },
  ups_load_ratio: { ...gauge, unit: "ratio", min: 0, max: 10, description: "Load, of what the UPS can supply." },
  ups_power_watts: {
    kind: "gauge",
    unit: "watts",
    labels: ["ups", "estimated"],
    description: "Power drawn. Estimated: the load times the nominal power, where the UPS does not measure it.",
  },
  ups_power_nominal_watts: { ...gauge, unit: "watts", description: "What the UPS can supply." },
  ups_input_voltage_volts: { ...gauge, unit: "volts", description: "Voltage of the mains." },
  ups_output_voltage_volts: { ...gauge, unit: "volts", description: "Voltage at the load." },
  ups_input_frequency_hertz: { ...gauge, unit: "hertz", description: "Frequency of the mains." },
  ups_temperature_celsius: { ...gauge, unit: "celsius", description: "Temperature inside the UPS." },
  ups_transfers_total: {
    kind: "counter",
    unit: "count",
    labels: ups,
    description: "Times it went to battery since apcupsd was started.",
  },
  ups_on_battery_seconds_total: {
    kind: "counter",
    unit: "seconds",
    labels: ups,
    description: "Time on battery since apcupsd was started.",
  },
  ups_self_test_ok: { ...flag, description: "What the last self-test found. Absent when there was none." },
  ups_info: {
    kind: "info",
    unit: "count",
    labels: ["ups", "manufacturer", "model", "serial", "firmware", "driver"],
    description: "What the UPS is, and which driver speaks with it.",
  },
  ups_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when the server has more UPSes than the limit, so that some are not shown.",
  },
} as const satisfies Metrics;
