import type { Figure, OverviewHost } from "@/components/data/outputs";

type Vital = OverviewHost["vitals"][number];
type VitalKey = Vital["key"];

/** What a host row shows side by side; receiving and sending share a place. */
export const PLACES = [
  { key: "cpu", title: "CPU" },
  { key: "memory", title: "Memory" },
  { key: "disk", title: "Disk" },
  { key: "network", title: "Network" },
  { key: "temperature", title: "Temperature" },
] as const;
export type Place = (typeof PLACES)[number]["key"];

export const placeOf = (key: VitalKey): Place => (key === "receive" || key === "transmit" ? "network" : key);

/** Places that any host has something for. */
export function placesOf(hosts: readonly OverviewHost[]): Place[] {
  const there = new Set(hosts.flatMap(({ vitals }) => vitals.map(({ key }) => placeOf(key))));
  return PLACES.flatMap(({ key }) => (there.has(key) ? key : []));
}

export const vitalOf = (vitals: readonly Vital[], key: VitalKey) => vitals.findIndex((vital) => vital.key === key);

/** The vital whose past hour says most: the CPU's, else the first that there is. -1 for none. */
export function sparkOf(vitals: readonly Vital[]): number {
  const drawn = (vital: Vital) => vital.figure.spark.length > 0;
  const cpu = vitals.findIndex((vital) => vital.key === "cpu" && drawn(vital));
  return cpu >= 0 ? cpu : vitals.findIndex(drawn);
}

/** When the machine started, as a figure like the others. */
export const bootFigure = (series: number[]): Figure => ({
  title: "Started",
  unit: "timestamp_seconds",
  combine: "max",
  series,
  max: null,
  warn: null,
  bad: null,
  lowIsBad: false,
  staleAfterMs: Number.POSITIVE_INFINITY,
});
