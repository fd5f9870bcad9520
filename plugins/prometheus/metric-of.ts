import type { MetricSpec, Unit } from "../sdk";
import { metrics } from "./metrics";

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

/** What a found metric is, by the name that `nameOf...` gave it: a plain number where nothing is known. */
export function metricOf(name: string): MetricSpec {
  const description = `As the exporter has it: ${name}.`;
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
  const { kind, unit } = metricOf(name);
  if (kind === "counter") return value >= 0;
  return unit !== "timestamp_seconds" || (value >= 0 && value <= LATEST);
}

/** Unity's own names, and those of this plugin, are not for others. */
const nameOf = (name: string) =>
  name.startsWith("unity_") || Object.hasOwn(metrics, name) ? `exported_${name}` : name;

/** A counter's name ends in `_total`, also where an old exporter left it out. */
export const nameOfCounter = (name: string) => nameOf(name.endsWith("_total") ? name : `${name}_total`);
/** And no other's does. */
export const nameOfGauge = (name: string) => nameOf(name.endsWith("_total") ? `${name}_value` : name);
/** A part of a histogram or summary that only grows. */
export const nameOfPart = (family: string, part: "count" | "sum") => nameOf(`${family}_${part}_total`);
