/** What a sensor measures. */
export type Quantity = "temperature" | "fan" | "voltage" | "current" | "power" | "humidity";

/** Families of the kernel's files, and what one of their units is in ours: the kernel's hwmon/sysfs-interface. */
const FAMILIES: ReadonlyMap<string, { quantity: Quantity; divisor: number }> = new Map([
  ["temp", { quantity: "temperature", divisor: 1_000 }],
  ["fan", { quantity: "fan", divisor: 1 }],
  ["in", { quantity: "voltage", divisor: 1_000 }],
  ["curr", { quantity: "current", divisor: 1_000 }],
  ["power", { quantity: "power", divisor: 1_000_000 }],
  ["humidity", { quantity: "humidity", divisor: 100_000 }],
]);
const ATTRIBUTE = /^([a-z]+)(\d{1,4})_([a-z_]+)$/;

/** A sensor as its files' names tell it. */
export interface Item {
  /** As temp1: the same in the kernel's files and in what `sensors` prints. */
  readonly id: string;
  readonly quantity: Quantity;
  readonly divisor: number;
  /** What follows the id in the names: input, max, crit_alarm. */
  readonly attributes: ReadonlySet<string>;
}

/** Groups names such as temp1_input by sensor, in the order of the families and numbers. What measures nothing is left out. */
export function groupItems(names: Iterable<string>): Item[] {
  const found = new Map<string, { family: string; index: number; attributes: Set<string> }>();
  for (const name of names) {
    const [, family = "", index = "", attribute = ""] = ATTRIBUTE.exec(name) ?? [];
    if (!FAMILIES.has(family)) continue;
    const id = `${family}${index}`;
    const item = found.get(id) ?? { family, index: Number(index), attributes: new Set() };
    item.attributes.add(attribute);
    found.set(id, item);
  }
  const order = [...FAMILIES.keys()];
  return [...found]
    .sort(([, a], [, b]) => order.indexOf(a.family) - order.indexOf(b.family) || a.index - b.index)
    .flatMap(([id, { family, attributes }]) => {
      const known = FAMILIES.get(family);
      return known && (attributes.has("input") || attributes.has("average")) ? [{ id, ...known, attributes }] : [];
    });
}

/** A whole number as the kernel writes it; undefined when it is none. */
export function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

/** Old ARM kernels write a zone's temperature in whole degrees: nobody's board is at 0.045 °C. */
export function parseZone(text: string | undefined): number | undefined {
  const count = parseCount(text);
  return count === undefined ? undefined : count > 0 && count < 200 ? count : count / 1_000;
}

/** Outside of this a temperature is no temperature, but what a chip says when nothing is connected. °C. */
export const isPlausible = (celsius: number) => celsius >= -40 && celsius <= 150;

/**
 * A limit that means something. Chips that were never set up say 0 or 127 (all bits of a byte), and some drivers what the
 * register's width gives: -273.15 or 65261.85.
 */
export function parseLimit(celsius: number | undefined): number | undefined {
  return celsius !== undefined && isPlausible(celsius) && celsius > 0 && celsius !== 127 ? celsius : undefined;
}

/** Makes a name fit for a label: one line, of bounded length, without characters that turn the text around. */
export function cleanName(text: string | undefined, maxLength = 100): string {
  return (text ?? "")
    .slice(0, 1_000)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, maxLength);
}
