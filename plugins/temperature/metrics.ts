import type { Metrics } from "../sdk";

/** How often the limits are reported again. Seconds. */
export const LIMIT_SECONDS = 60;
/** How often names, limits and the list of sensors are read. Seconds. */
export const SURVEY_SECONDS = 600;

const perSensor = { kind: "gauge", labels: ["chip", "sensor"] } as const;
const perGpu = { kind: "gauge", labels: ["gpu"] } as const;

export const metrics = {
  temperature_celsius: { ...perSensor, unit: "celsius", description: "Temperature at the sensor.", min: -40, max: 150 },
  temperature_max_celsius: {
    ...perSensor,
    unit: "celsius",
    everySeconds: LIMIT_SECONDS,
    description: "Warm from here on: the chip's own limit where it names a plausible one, else the setting.",
  },
  temperature_critical_celsius: {
    ...perSensor,
    unit: "celsius",
    everySeconds: LIMIT_SECONDS,
    description: "Too hot from here on: the chip's own limit where it names a plausible one, else the setting.",
  },
  temperature_alarm: { ...perSensor, unit: "bool", description: "1 when the chip itself raises an alarm." },
  temperature_sensor_fault: {
    ...perSensor,
    unit: "bool",
    description: "1 when the chip says that the sensor is broken or not connected.",
  },
  temperature_highest_celsius: {
    kind: "gauge",
    unit: "celsius",
    labels: ["kind"],
    description: "The hottest sensor of the processors (cpu), disks (disk), graphics cards (gpu) and all else (board).",
    min: -40,
    max: 150,
  },
  temperature_sensors: {
    kind: "gauge",
    unit: "count",
    description: "Temperature sensors of the machine. 0 is usual for a virtual machine.",
  },
  temperature_sensors_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more sensors than the limit, so that some are not shown.",
  },
  fan_speed_rpm: { ...perSensor, unit: "rpm", description: "Turns of the fan a minute.", min: 0 },
  fan_alarm: {
    ...perSensor,
    unit: "bool",
    description: "1 when the chip says the fan is too slow. Absent for a connector where nothing has turned yet.",
  },
  fan_stopped: {
    ...perSensor,
    unit: "bool",
    description: "1 when a fan that has turned stands still although it is driven at half its power or more.",
  },
  voltage_volts: { ...perSensor, unit: "volts", description: "Voltage at the chip's input." },
  current_amperes: { ...perSensor, unit: "amperes", description: "Current." },
  power_watts: { ...perSensor, unit: "watts", description: "Power, or its average where the chip knows only that." },
  humidity_ratio: { ...perSensor, unit: "ratio", description: "Relative humidity.", min: 0, max: 1 },
  gpu_utilization_ratio: { ...perGpu, unit: "ratio", description: "How busy the card is.", min: 0, max: 1 },
  gpu_fan_speed_ratio: {
    ...perGpu,
    unit: "ratio",
    description: "Part of its full speed that the card's fan is set to.",
  },
  gpu_memory_used_bytes: { ...perGpu, unit: "bytes", description: "The card's memory in use." },
  gpu_memory_total_bytes: { ...perGpu, unit: "bytes", description: "The card's memory." },
} as const satisfies Metrics;
