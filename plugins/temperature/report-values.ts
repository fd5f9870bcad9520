import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { Kind } from "./kinds";
import { limitsOf } from "./limits";
import { LIMIT_SECONDS, type metrics } from "./metrics";
import type { Value } from "./sensor";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

const PLAIN = {
  fan: "fan_speed_rpm",
  voltage: "voltage_volts",
  current: "current_amperes",
  power: "power_watts",
  humidity: "humidity_ratio",
} as const;

/** Reports what every sensor said. A sensor without a value has no reading: nothing is worse than a wrong 0. */
export function reportValues(context: Context, report: Reported, values: readonly Value[]): void {
  const withLimits = context.memory.due("limits", LIMIT_SECONDS);
  for (const value of values) {
    const labels = { chip: value.chip, sensor: value.label };
    if (value.quantity === "temperature") {
      reportTemperature(report, value, labels);
      // A limit of what has no value would be a row with nothing in it.
      if (!withLimits || value.value === undefined) continue;
      const limits = limitsOf(value, context.config);
      report("temperature_max_celsius", limits.max, labels);
      report("temperature_critical_celsius", limits.critical, labels);
    } else if (value.value !== undefined) {
      report(PLAIN[value.quantity], value.value, labels);
    }
  }
  reportFans(context, report, values);
  for (const [kind, celsius] of findHighest(values)) report("temperature_highest_celsius", celsius, { kind });
}

function reportTemperature(
  report: Reported,
  { value, alarm, fault }: Value,
  labels: { chip: string; sensor: string },
): void {
  if (value !== undefined) report("temperature_celsius", value, labels);
  if (alarm !== undefined) report("temperature_alarm", alarm ? 1 : 0, labels);
  if (fault !== undefined) report("temperature_sensor_fault", fault ? 1 : 0, labels);
}

/**
 * A board has more connectors than fans, and some raise an alarm for an empty one: only a fan that has turned since Unity
 * started can stop.
 */
function reportFans(context: Context, report: Reported, values: readonly Value[]): void {
  const fans = values.filter(({ quantity }) => quantity === "fan");
  const turned = new Set(context.memory.recall<string[]>("turned")?.value);
  for (const { chip, id, label, value, alarm, driven } of fans) {
    const key = `${chip}/${id}`;
    if (value !== undefined && value > 0) turned.add(key);
    if (!turned.has(key)) continue;
    const labels = { chip, sensor: label };
    if (value !== undefined) report("fan_stopped", value === 0 && driven === true ? 1 : 0, labels);
    if (alarm !== undefined) report("fan_alarm", alarm ? 1 : 0, labels);
  }
  context.memory.keep("turned", [...turned]);
}

function findHighest(values: readonly Value[]): Map<Kind, number> {
  const highest = new Map<Kind, number>();
  for (const { quantity, kind, value } of values) {
    if (quantity !== "temperature" || value === undefined) continue;
    highest.set(kind, Math.max(value, highest.get(kind) ?? value));
  }
  return highest;
}
