import type { Metrics } from "../sdk";

const sensor = ["sensor"] as const;
const gauge = { kind: "gauge", labels: sensor } as const;
const alone = { kind: "gauge" } as const;

export const metrics = {
  ipmi_power_on: { ...alone, unit: "bool", description: "1 when the machine is switched on." },
  ipmi_temperature_celsius: { ...gauge, unit: "celsius", description: "Temperature." },
  ipmi_temperature_critical_celsius: { ...gauge, unit: "celsius", description: "The BMC calls it critical from here." },
  ipmi_fan_speed_rpm: { ...gauge, unit: "rpm", description: "Speed of a fan." },
  ipmi_fan_speed_ratio: { ...gauge, unit: "ratio", description: "Speed of a fan, of its highest." },
  ipmi_voltage_volts: { ...gauge, unit: "volts", description: "Voltage." },
  ipmi_current_amperes: { ...gauge, unit: "amperes", description: "Current." },
  ipmi_power_watts: { ...gauge, unit: "watts", description: "Power of one part, such as a power supply." },
  ipmi_system_power_watts: { ...alone, unit: "watts", description: "Power the whole machine draws." },
  ipmi_sensor_state: {
    ...gauge,
    unit: "count",
    description: "What the BMC thinks of the sensor: 0 well, 1 warning, 2 critical, 3 no reading.",
    min: 0,
    max: 3,
  },
  ipmi_sensors: {
    kind: "gauge",
    unit: "count",
    labels: ["state"],
    description: "Sensors by state: ok, warning, critical, unavailable.",
  },
  ipmi_sensors_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there are more sensors than the limit, so that some are not shown.",
  },
  ipmi_psu_ok: {
    kind: "gauge",
    unit: "bool",
    labels: ["psu"],
    description: "0 when a power supply failed or has no input.",
  },
  ipmi_chassis_fault: {
    kind: "gauge",
    unit: "bool",
    labels: ["kind"],
    description: "1 for a fault of the chassis: power_overload, main_power, drive, cooling, intrusion.",
  },
  ipmi_sel_entries: { ...alone, unit: "count", description: "Entries in the event log." },
  ipmi_sel_used_ratio: {
    ...alone,
    unit: "ratio",
    description: "How full the event log is. A full one loses what comes.",
  },
  ipmi_sel_critical_entries: { ...alone, unit: "count", description: "Critical entries of the last 24 hours." },
  ipmi_health: {
    kind: "gauge",
    unit: "bool",
    labels: ["component"],
    description: "The BMC's own verdict on a part: system, memory, processors, chassis. Redfish only.",
  },
  ipmi_info: {
    kind: "info",
    unit: "count",
    labels: ["manufacturer", "product", "firmware", "serial"],
    description: "The board, and the firmware of its BMC.",
  },
} as const satisfies Metrics;
