import { type AnyUnit, formatExact, formatText } from "@/components/format";

type Json = string | number | boolean | null;

/** How a field of an inventory is called and measured: "sizeBytes" is "Size", in bytes. */
export interface FieldText {
  readonly title: string;
  readonly unit: AnyUnit | null;
}

const UNITS: readonly (readonly [ending: RegExp, unit: AnyUnit | null])[] = [
  // 1,500 is what everybody knows it by.
  [/(?<=^mtu)Bytes$/i, null],
  [/Bytes$/, "bytes"],
  [/BitsPerSecond$/, "bits_per_second"],
  [/(TimestampSeconds|Timestamp)$/, "timestamp_seconds"],
  [/Seconds$/, "seconds"],
  [/Hertz$/, "hertz"],
  [/Celsius$/, "celsius"],
  [/Watts$/, "watts"],
  [/Ratio$/, "ratio"],
];
const SPELLED: Readonly<Record<string, string>> = { ipv4: "IPv4", ipv6: "IPv6" };
const ACRONYMS = new Set(
  "cpu id ip mac mtu tcp udp tls url os gpu ssd nvme uuid api bios dns ups vm wal raid san pid".split(" "),
);

export function fieldText(key: string): FieldText {
  const found = UNITS.find(([ending]) => ending.test(key));
  const bare = found ? key.replace(found[0], "") : key;
  const words = (bare || key)
    .replaceAll("_", " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(" ")
    .map((word) => word.toLowerCase())
    .map((word) => SPELLED[word] ?? (ACRONYMS.has(word) ? word.toUpperCase() : word));
  const title = words.join(" ");
  return { title: title.charAt(0).toUpperCase() + title.slice(1), unit: found?.[1] ?? null };
}

/** A value as a person reads it. Collected text stays as it is. @param now makes instants relative */
export function valueText(value: Json | undefined, unit: AnyUnit | null, now: number): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (unit !== null) return formatText(value, unit, now);
  return Number.isInteger(value) && Math.abs(value) >= 10_000 ? formatExact(value) : String(value);
}

type Row = Readonly<Record<string, Json>>;

/** The columns of a list: every key that some row fills, in the order they come. */
export function columnsOf(rows: readonly Row[]): string[] {
  const filled = new Set<string>();
  for (const row of rows)
    for (const [key, value] of Object.entries(row)) if (value !== null && value !== "") filled.add(key);
  return [...filled];
}

/** Rows with every word of the text in one of their values. */
export function filterRows<R extends Row>(rows: readonly R[], text: string): readonly R[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const said = Object.values(row).join("\n").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
