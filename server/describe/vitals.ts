import { type Meter, meter } from "../../plugins/sdk/board";
import type { Instance } from "../collect/instance";
import type { SightParts } from "../sight/sight";
import { type Figure, figureOf } from "./figures";

type VitalKey = "cpu" | "memory" | "disk" | "receive" | "transmit" | "temperature";

/** What a host row shows, and which plugin measures it. The one place where a page knows plugins by name. */
const VITALS: readonly { key: VitalKey; plugin: string; meter: Meter }[] = [
  { key: "cpu", plugin: "system-info", meter: meter("system_cpu_usage_ratio", "CPU", { warn: 0.8, bad: 0.95 }) },
  {
    key: "memory",
    plugin: "system-info",
    meter: meter("system_memory_used_ratio", "Memory", { warn: 0.8, bad: 0.95 }),
  },
  { key: "disk", plugin: "disk", meter: meter("disk_used_ratio", "Disk", { warn: 0.8, bad: 0.9 }) },
  { key: "receive", plugin: "network", meter: meter("network_receive_bytes_total", "Receive", { combine: "sum" }) },
  { key: "transmit", plugin: "network", meter: meter("network_transmit_bytes_total", "Transmit", { combine: "sum" }) },
  {
    key: "temperature",
    plugin: "temperature",
    meter: meter("temperature_highest_celsius", "Temperature", { warn: 75, bad: 85 }),
  },
];
const BOOTED_AT = { plugin: "system-info", metric: "system_boot_timestamp_seconds" };

/** The vitals of the machine that these instances run on; only those that a plugin here measures now. */
export function hostVitals(
  { registry, series }: Pick<SightParts, "registry" | "series">,
  members: readonly Instance[],
): { vitals: { key: VitalKey; figure: Figure }[]; bootedAtSeries: number[] } {
  const vitals = VITALS.flatMap(({ key, plugin: id, meter: item }) => {
    const plugin = registry.get(id);
    const instance = members.find((member) => member.plugin === id && member.enabled);
    if (!plugin || !instance) return [];
    return [{ key, figure: figureOf(plugin, item, series.ofInstance(instance.id), instance.intervalSeconds) }];
  });
  const booted = members.find(({ plugin }) => plugin === BOOTED_AT.plugin);
  const known = booted ? series.ofInstance(booted.id) : [];
  return { vitals, bootedAtSeries: known.filter(({ metric }) => metric === BOOTED_AT.metric).map(({ id }) => id) };
}
