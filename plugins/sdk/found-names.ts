import type { MetricSpec } from "./plugin";
import type { Unit } from "./units";

/** What ends a name by the conventions of exporters, in base units. Instants are those of what began or ends then. */
const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/_timestamp_seconds$|_(start|boot|creation|created|expiry|expiration)_time_seconds$/, "timestamp_seconds"],
  [/_bytes_per_second$/, "bytes_per_second"],
  [/_bits_per_second$/, "bits_per_second"],
  [/_bytes$/, "bytes"],
  [/_seconds$/, "seconds"],
  [/_ratio$/, "ratio"],
  [/_celsius$/, "celsius"],
  [/_hertz$/, "hertz"],
  [/_rpm$/, "rpm"],
  [/_volts$/, "volts"],
  [/_amperes$/, "amperes"],
  [/_watts$/, "watts"],
  [/_dbm$/, "dbm"],
];
const unitOf = (name: string): Unit => UNITS.find(([end]) => end.test(name))?.[1] ?? "count";

/**
 * What a metric is that others named, by the name that `foundNames` gave it: a plain number where nothing is known. @param whose for people:
 * "the exporter"
 */
export function specOfFound(name: string, whose: string): MetricSpec {
  const description = `As ${whose} has it: ${name}.`;
  if (name.endsWith("_info")) return { kind: "info", unit: "count", description };
  if (!name.endsWith("_total")) return { kind: "gauge", unit: unitOf(name), description };
  // Of a histogram's or summary's sum, what it is the sum of.
  const base = name.replace(/_total$/, "").replace(/_sum$/, "");
  const unit = unitOf(base);
  return { kind: "counter", unit: unit === "bytes" || unit === "seconds" ? unit : "count", description };
}

/** Year 2200, in seconds. */
const LATEST = 7_258_118_400;

/** Exporters have instants at the end of time where there is none yet, and counters that went down. Unity takes neither. */
export function isPlausible(name: string, value: number): boolean {
  const { kind, unit } = specOfFound(name, "");
  if (kind === "counter") return value >= 0;
  return unit !== "timestamp_seconds" || (value >= 0 && value <= LATEST);
}

/** Names that say by themselves what kind a metric is. @param own of the plugin: like Unity's own, they are not for others */
export function foundNames(own: Readonly<Record<string, unknown>>) {
  const nameOf = (name: string) => (name.startsWith("unity_") || Object.hasOwn(own, name) ? `exported_${name}` : name);
  return {
    /** A counter's name ends in `_total`, also where an old exporter left it out. */
    counter: (name: string) => nameOf(name.endsWith("_total") ? name : `${name}_total`),
    /** And no other's does. */
    gauge: (name: string) => nameOf(name.endsWith("_total") ? `${name}_value` : name),
    /** A part of a histogram or summary that only grows. */
    part: (family: string, part: "count" | "sum") => nameOf(`${family}_${part}_total`),
  };
}

/** Labels that Unity puts on every series itself. */
const RESERVED = new Set(["instance", "host", "plugin", "metric"]);

/** A label of others under a name that is not Unity's. */
export const nameOfFoundLabel = (name: string): string => (RESERVED.has(name) ? `exported_${name}` : name);
