import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";

const SYSFS = "/sys/fs/btrfs";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SECTOR_BYTES = 512;

type Context = CollectContext<Config>;

/** One mounted file system, from /sys/fs/btrfs/<uuid>, which every user may read. */
export interface BtrfsFacts {
  readonly uuid: string;
  readonly label: string;
  /** Kernel names of the devices that are there, as "sda1" or "dm-0". */
  readonly deviceNames: readonly string[];
  /** Of the devices that are there, bytes; undefined when one of them does not say. */
  readonly deviceBytes: number | undefined;
  readonly members: readonly BtrfsMember[];
  /** Bytes of the devices given to data, metadata and system. */
  readonly allocated: number | undefined;
  readonly metadataUsedRatio: number | undefined;
  /** "none", "balance", "device replace" and so on. Since Linux 5.10. */
  readonly operation: string;
}

export interface BtrfsMember {
  readonly devid: string;
  readonly missing: boolean;
  /** Undefined before Linux 5.14. */
  readonly errors: Readonly<Record<string, number>> | undefined;
}

/** The uuids of all mounted file systems. Empty without any. */
export async function listBtrfs(context: Context): Promise<string[]> {
  const names = await optional(context, () => context.listDir(SYSFS));
  return (names ?? []).filter((name) => UUID.test(name));
}

export async function readBtrfs(context: Context, uuid: string): Promise<BtrfsFacts> {
  const base = `${SYSFS}/${uuid}`;
  const text = (path: string) => optional(context, async () => (await context.readFile(`${base}/${path}`)).trim());
  const list = async (path: string) => (await optional(context, () => context.listDir(`${base}/${path}`))) ?? [];
  const number = async (path: string) => toNumber(await text(path));
  const deviceNames = await list("devices");
  const sectors = await Promise.all(deviceNames.map((name) => number(`devices/${name}/size`)));
  const devids = (await list("devinfo")).filter((name) => /^\d+$/.test(name));
  const totals = await Promise.all(
    ["data", "metadata", "system"].map((kind) => number(`allocation/${kind}/disk_total`)),
  );
  const mixed = totals[0] === undefined ? await number("allocation/mixed/disk_total") : 0;
  return {
    uuid,
    label: (await text("label")) ?? "",
    deviceNames,
    deviceBytes: addAll(sectors, SECTOR_BYTES),
    members: await Promise.all(
      devids.map(async (devid) => ({
        devid,
        missing: (await text(`devinfo/${devid}/missing`)) === "1",
        errors: parseErrors(await text(`devinfo/${devid}/error_stats`)),
      })),
    ),
    allocated: addAll(mixed === 0 ? totals : [mixed, totals[2]], 1),
    metadataUsedRatio: ratioOf(
      await number("allocation/metadata/bytes_used"),
      await number("allocation/metadata/total_bytes"),
    ),
    operation: (await text("exclusive_operation")) ?? "none",
  };
}

/** sysfs's words and those of `btrfs device stats`, to the kinds that are reported. */
const KINDS: Readonly<Record<string, string>> = {
  write_errs: "write_io",
  read_errs: "read_io",
  flush_errs: "flush_io",
  corruption_errs: "corruption",
  generation_errs: "generation",
};

/** Lines as "corruption_errs 9200". The word "invalid" alone: the counts are not known yet. */
function parseErrors(text: string | undefined): Record<string, number> | undefined {
  const entries = (text ?? "").split("\n").flatMap((line) => {
    const [name = "", count] = line.trim().split(/\s+/);
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    const value = toNumber(count);
    return kind === undefined || value === undefined ? [] : [[kind, value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function addAll(values: readonly (number | undefined)[], factor: number): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value * factor;
  }
  return values.length === 0 ? undefined : sum;
}

const ratioOf = (part: number | undefined, whole: number | undefined) =>
  part === undefined || whole === undefined || whole <= 0 ? undefined : Math.min(1, part / whole);

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Older kernels lack some files, and a file system may be unmounted meanwhile: what is not there is unknown. */
async function optional<T>(context: Context, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
