import { z } from "zod";
import type { CollectContext } from "../sdk";
import type { BtrfsFacts } from "./btrfs-sysfs";
import type { Config } from "./config";
import type { Device } from "./pool";
import { runStorageTool } from "./run-tool";

/** btrfs-progs 6 prints numbers as text. */
const count = z.coerce.number().nonnegative().optional().catch(undefined);
const Stats = z.object({
  "device-stats": z.array(
    z.object({
      device: z.string(),
      devid: z.coerce.string(),
      write_io_errs: count,
      read_io_errs: count,
      flush_io_errs: count,
      corruption_errs: count,
      generation_errs: count,
    }),
  ),
});

interface Told {
  readonly name: string | undefined;
  readonly errors: Record<string, number>;
}

/**
 * The devices of a file system. sysfs counts errors by number of device; which device that is, only root's `btrfs device stats`
 * tells. So it is asked once and remembered, and at every run only where the kernel is too old to count in sysfs.
 * @param problem is called when the tool cannot be asked; then a device is "devid 1"
 */
export async function describeDevices(
  context: CollectContext<Config>,
  { uuid, members, deviceNames }: BtrfsFacts,
  path: string,
  problem: (error: unknown) => void,
): Promise<Device[]> {
  const key = `names:${uuid}`;
  const known = context.memory.recall<Record<string, string>>(key)?.value ?? {};
  const isNew = members.length === 0 || members.some(({ devid, missing }) => !missing && !Object.hasOwn(known, devid));
  const isOld = members.some(({ errors }) => errors === undefined);
  const told = isNew || isOld ? await askStats(context, path, problem) : new Map<string, Told>();
  const names = { ...known };
  for (const [devid, { name }] of told) if (name !== undefined) names[devid] = name;
  if (told.size > 0) context.memory.keep(key, names);

  // Without devinfo (before Linux 5.6) the tool's list is all there is.
  const all = members.length > 0 ? members : [...told].map(([devid]) => ({ devid, missing: false, errors: undefined }));
  const only = all.length === 1 && deviceNames.length === 1 ? deviceNames[0] : undefined;
  return all.map(({ devid, missing, errors }) => ({
    name: (Object.hasOwn(names, devid) ? names[devid] : undefined) ?? only ?? `devid ${devid}`,
    state: missing ? "MISSING" : "ONLINE",
    healthy: !missing,
    errors: errors ?? told.get(devid)?.errors ?? {},
  }));
}

/** Never with -z, which would clear the counts. */
async function askStats(
  context: CollectContext<Config>,
  path: string,
  problem: (error: unknown) => void,
): Promise<Map<string, Told>> {
  try {
    const { stdout } = await runStorageTool(context, "btrfs", ["--format", "json", "device", "stats", path]);
    const { "device-stats": rows } = Stats.parse(JSON.parse(stdout));
    return new Map(rows.map((row) => [row.devid, tell(row)]));
  } catch (error) {
    problem(error);
    return new Map();
  }
}

function tell(row: z.output<typeof Stats>["device-stats"][number]): Told {
  const errors: Record<string, number> = {};
  const add = (kind: string, value: number | undefined) => {
    if (value !== undefined) errors[kind] = value;
  };
  add("write_io", row.write_io_errs);
  add("read_io", row.read_io_errs);
  add("flush_io", row.flush_io_errs);
  add("corruption", row.corruption_errs);
  add("generation", row.generation_errs);
  // A device that is gone is "<missing disk>".
  return { name: row.device.startsWith("/dev/") ? row.device.slice("/dev/".length) : undefined, errors };
}
