import type { Inventory } from "../sdk";
import type { Config } from "./config";
import { limitsOf } from "./limits";
import type { Chip, Value } from "./sensor";

/** What there is, without values: sensors with the names by which settings know them, and chips. */
type Listed = Pick<Value, "chip" | "id" | "label" | "quantity" | "max" | "critical">;

export function describeSensors(sensors: readonly Listed[], chips: readonly Chip[], config: Config): Inventory {
  const count = (quantity: Value["quantity"]) => sensors.filter((sensor) => sensor.quantity === quantity).length;
  return {
    facts: {
      sensors: sensors.length > 0 ? sensors.length : NONE,
      temperatures: count("temperature"),
      fans: count("fan"),
    },
    lists: {
      sensors: sensors.map((sensor) => ({
        sensor: sensor.label,
        setting: `${sensor.chip}/${sensor.id}`,
        measures: sensor.quantity,
        ...describeLimits(sensor, config),
      })),
      chips: chips
        .filter(({ sensors: own }) => own.length > 0)
        .map(({ name, driver, kind, disk }) => ({ chip: name, driver, kind, disk })),
    },
  };
}

const NONE = "None. That is usual for a virtual machine: its host has the sensors.";

function describeLimits(sensor: Listed, config: Config) {
  if (sensor.quantity !== "temperature") return { warmFromCelsius: null, tooHotFromCelsius: null, limitsFrom: "" };
  const { max, critical } = limitsOf(sensor, config);
  const own = [sensor.max, sensor.critical].filter((limit) => limit !== undefined).length;
  const from = !config.useChipLimits || own === 0 ? "settings" : own === 2 ? "chip" : "chip and settings";
  return { warmFromCelsius: max, tooHotFromCelsius: critical, limitsFrom: from };
}
