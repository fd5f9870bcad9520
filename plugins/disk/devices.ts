import { type CollectContext, matchesAny, printable } from "../sdk";
import type { Config } from "./config";
import type { Shown } from "./mounts";
import type { DiskTotals } from "./parse";
import { listOptional, readOptional } from "./read-optional";
import type { Problem } from "./space";

/** A whole disk, array or mapped volume. */
export interface Device {
  /** The kernel's name, as dm-0. */
  readonly name: string;
  /** The name people gave it, as vg0-root; else the kernel's. */
  readonly label: string;
  readonly model: string;
  readonly sizeBytes: number | undefined;
  readonly rotational: boolean | undefined;
}

const SECTOR_BYTES = 512;
/** A machine has tens of disks, a large one hundreds; beyond, only the first are described. */
const MAX_DEVICES = 1_000;

/** Describes all block devices that are no partitions. Those of `known` are not read again. */
export async function readDevices(
  context: CollectContext<Config>,
  problems: Problem[],
  known: ReadonlyMap<string, Device>,
): Promise<Device[]> {
  const { sysRoot, excludeDevices } = context.config;
  const names = (await listOptional(context, problems, `${sysRoot}/block`)).slice(0, MAX_DEVICES);
  return Promise.all(
    names.map(async (entry) => {
      // sysfs cannot have a slash in a name: cciss/c0d0 is cciss!c0d0 there.
      const name = entry.replaceAll("!", "/");
      const kept = known.get(name);
      if (kept) return kept;
      if (matchesAny(name, excludeDevices))
        return { name, label: name, model: "", sizeBytes: undefined, rotational: undefined };
      return readDevice(context, problems, name, `${sysRoot}/block/${entry}`);
    }),
  );
}

async function readDevice(context: CollectContext, problems: Problem[], name: string, folder: string): Promise<Device> {
  const mapped = name.startsWith("dm-");
  const [model, size, rotational, label] = await Promise.all([
    mapped ? undefined : readOptional(context, problems, `${folder}/device/model`),
    readOptional(context, problems, `${folder}/size`),
    readOptional(context, problems, `${folder}/queue/rotational`),
    mapped ? readOptional(context, problems, `${folder}/dm/name`) : undefined,
  ]);
  const sectors = /^\d{1,15}\s*$/.test(size ?? "") ? Number(size) : undefined;
  return {
    name,
    label: printable(label?.trim() || name),
    model: printable(model?.trim() ?? ""),
    sizeBytes: sectors === undefined ? undefined : sectors * SECTOR_BYTES,
    rotational: rotational === undefined ? undefined : rotational.trim() === "1",
  };
}

/** What of /proc/diskstats is shown: whole devices, and whatever holds a file system that is shown. */
export function chooseDisks(
  all: readonly DiskTotals[],
  devices: ReadonlyMap<string, Device>,
  shown: readonly Pick<Shown, "deviceNumber" | "labels">[],
  config: Config,
): { disks: { label: string; totals: DiskTotals }[]; truncated: boolean } {
  const numbers = new Set(shown.map(({ deviceNumber }) => deviceNumber));
  // Btrfs has a number of its own; its source tells the partition.
  const sources = new Set(shown.map(({ labels }) => labels.device.replace(/^\/dev\//, "")));
  const wanted = all.filter(({ name, deviceNumber }) => {
    if (numbers.has(deviceNumber) || sources.has(name)) return true;
    const device = devices.get(name);
    return (
      device !== undefined &&
      !matchesAny(name, config.excludeDevices) &&
      !matchesAny(device.label, config.excludeDevices)
    );
  });
  return {
    disks: wanted
      .slice(0, config.maxItems)
      .map((totals) => ({ label: devices.get(totals.name)?.label ?? printable(totals.name), totals })),
    truncated: wanted.length > config.maxItems,
  };
}
