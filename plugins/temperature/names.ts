import type { Config } from "./config";
import { cleanName } from "./parse";
import type { Chip, Sensor } from "./sensor";

type Place = Pick<Chip, "name" | "driver" | "disk">;

/** Chips with one sensor without a name, of which a machine has several: memory modules, and thermometers on a wire. */
const PLACED: readonly (readonly [RegExp, string])[] = [
  [/^(?:jc42|spd5118)-i2c-(.+)$/, "DIMM"],
  [/-w1-(.+)$/, "1-Wire"],
];

/** How a sensor is shown: as the user calls it, by its disk, as the chip's driver calls it, or by the driver itself. */
export function nameSensor(place: Place, id: string, given: string, labels: Config["labels"]): string {
  const { name, driver, disk } = place;
  const key = [`${name}/${id}`, `${name}/${given}`].find((candidate) => Object.hasOwn(labels, candidate));
  const chosen = key === undefined ? "" : cleanName(labels[key]);
  if (chosen !== "") return chosen;
  // The first sensor of an NVMe disk is named Composite: it stands for the whole disk.
  if (disk !== "") return given === "" || given === "Composite" ? disk : `${disk} ${given}`;
  if (given !== "") return given;
  for (const [pattern, word] of PLACED) {
    const place = pattern.exec(name)?.[1];
    if (place) return `${word} ${place}`;
  }
  return `${driver} ${id}`;
}

/** Gives every chip a name of its own: of two chips of one driver without a place, the second gets a number. */
export function numberTwins<T extends { readonly name: string }>(chips: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return chips.map((chip) => {
    const count = (seen.get(chip.name) ?? 0) + 1;
    seen.set(chip.name, count);
    return count === 1 ? chip : { ...chip, name: `${chip.name}#${count}` };
  });
}

/**
 * Adds the chip to a name that is used more than once for a quantity, because tables have one row a name: both processors of a
 * board have a "Core 0".
 */
export function distinguish<T extends Pick<Chip, "name"> & { readonly sensors: readonly Named[] }>(
  chips: readonly T[],
): T[] {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { name, sensors } of chips)
    for (const { quantity, label } of sensors) {
      count(`${quantity} ${label}`);
      count(`${quantity} ${label} ${name}`);
    }
  const labelOf = (name: string, { id, quantity, label }: Named) => {
    if (counts.get(`${quantity} ${label}`) === 1) return label;
    return counts.get(`${quantity} ${label} ${name}`) === 1 ? `${label} (${name})` : `${label} (${name} ${id})`;
  };
  return chips.map((chip) => ({
    ...chip,
    sensors: chip.sensors.map((sensor) => ({ ...sensor, label: labelOf(chip.name, sensor) })),
  }));
}
type Named = Pick<Sensor, "id" | "quantity" | "label">;
