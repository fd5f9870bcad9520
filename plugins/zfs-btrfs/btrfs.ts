import { type CollectContext, CollectError, type Report, toLabel } from "../sdk";
import { describeDevices } from "./btrfs-devices";
import { type BtrfsMount, parseBtrfsMounts } from "./btrfs-mounts";
import { parseScrubStatus } from "./btrfs-scrub";
import { type BtrfsFacts, listBtrfs, readBtrfs } from "./btrfs-sysfs";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Pool, Scan, Space } from "./pool";
import { reportPool } from "./report-pool";
import { runStorageTool } from "./run-tool";
import type { Found } from "./zfs";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;
/** Collects what could not be read, to be told once for all file systems. */
type Problem = (error: unknown) => void;

interface Mounted {
  readonly facts: BtrfsFacts;
  readonly mount: BtrfsMount;
}

/** Reads every mounted Btrfs. @param taken names of ZFS pools @returns undefined where none is mounted and none was asked for */
export async function collectBtrfs(
  context: Context,
  report: Reported,
  taken: readonly string[],
): Promise<Found | undefined> {
  const uuids = await listBtrfs(context);
  if (uuids.length === 0 && context.config.mounts.length === 0) return undefined;
  const mounts = parseBtrfsMounts(await context.readFile("/proc/self/mountinfo"));
  const { maxItems } = context.config;
  const mounted: Mounted[] = [];
  for (const uuid of uuids) {
    const facts = await readBtrfs(context, uuid);
    const own = await findMounts(context, facts, mounts);
    const mount = own.find(({ path }) => context.config.mounts.includes(path)) ?? own[0];
    if (mount && (context.config.mounts.length === 0 || context.config.mounts.includes(mount.path)))
      mounted.push({ facts, mount });
  }
  sayMissing(context.config.mounts, mounts, report);
  const problems = new Map<string, CollectError>();
  const problem: Problem = (error) => {
    if (context.signal.aborted) throw error;
    const known =
      error instanceof CollectError ? error : new CollectError("parse", "btrfs device stats printed no such list.");
    if (!problems.has(known.reason)) problems.set(known.reason, known);
  };
  const pools: Pool[] = [];
  for (const entry of mounted.slice(0, maxItems)) {
    const names = [...taken, ...pools.map(({ name }) => name)];
    const pool = await describePool(context, entry, names, problem);
    reportPool(context, report, pool);
    pools.push(pool);
  }
  for (const { reason, message } of problems.values()) report.partial(reason, message);
  return { pools, truncated: mounted.length > maxItems || pools.some(({ devices }) => devices.length > maxItems) };
}

async function describePool(
  context: Context,
  { facts, mount }: Mounted,
  taken: readonly string[],
  problem: Problem,
): Promise<Pool> {
  const devices = await describeDevices(context, facts, mount.path, problem);
  const devicesMissing = facts.members.filter(({ missing }) => missing).length;
  const state = devicesMissing > 0 ? "DEGRADED" : mount.forcedReadOnly ? "READONLY" : "ONLINE";
  // A label may be given twice; the uuid never.
  const label = facts.label || facts.uuid;
  return {
    name: taken.includes(label) ? `${label} ${facts.uuid.slice(0, 8)}` : label,
    fs: "btrfs",
    state,
    healthy: state === "ONLINE",
    devices,
    devicesMissing,
    scan: await readScan(context, facts, mount.path, problem),
    space: await readSpace(context, facts, mount.path, devicesMissing, problem),
  };
}

/** Undefined when the tool may not be asked: then nothing is known of scrubs. */
async function readScan(
  context: Context,
  facts: BtrfsFacts,
  path: string,
  problem: Problem,
): Promise<Scan | undefined> {
  let scan: Scan | undefined;
  try {
    const { stdout } = await runStorageTool(context, "btrfs", ["scrub", "status", "--raw", path]);
    scan = parseScrubStatus(stdout);
  } catch (error) {
    problem(error);
  }
  if (facts.operation !== "device replace") return scan;
  return { finishedAt: scan?.finishedAt, errors: scan?.errors ?? {}, kind: "resilver", running: true };
}

/** What can still be written is statfs's to say: it knows how the copies must be spread. */
async function readSpace(
  context: Context,
  { deviceBytes, allocated, metadataUsedRatio }: BtrfsFacts,
  path: string,
  devicesMissing: number,
  problem: Problem,
): Promise<Space> {
  // A device that is gone is part of what was allocated, and its size is not known.
  const size = devicesMissing > 0 ? undefined : deviceBytes;
  const unallocated = size !== undefined && allocated !== undefined ? Math.max(0, size - allocated) : undefined;
  const known = { size, allocated, unallocated, metadataUsedRatio };
  try {
    const { blockBytes, blocks, blocksFree, blocksAvailable } = await context.statfs(path);
    const used = blocks - blocksFree;
    const whole = used + blocksAvailable;
    return { ...known, free: blocksAvailable * blockBytes, usedRatio: whole > 0 ? used / whole : undefined };
  } catch (error) {
    problem(error);
    return known;
  }
}

/** mountinfo names one of the devices, by the name it was mounted with: "/dev/mapper/x" is a link to "../dm-0". */
async function findMounts(
  context: Context,
  { deviceNames }: BtrfsFacts,
  all: readonly BtrfsMount[],
): Promise<BtrfsMount[]> {
  const own: BtrfsMount[] = [];
  for (const mount of all) {
    const name = mount.source.split("/").at(-1) ?? "";
    if (deviceNames.includes(name) || deviceNames.includes(await linkTarget(context, mount.source))) own.push(mount);
  }
  // The whole of it is likely mounted at the shortest path.
  return own.sort((a, b) => a.path.length - b.path.length);
}

async function linkTarget(context: Context, path: string): Promise<string> {
  try {
    return (await context.readLink(path)).split("/").at(-1) ?? "";
  } catch (error) {
    if (context.signal.aborted) throw error;
    return "";
  }
}

function sayMissing(wanted: readonly string[], mounts: readonly BtrfsMount[], report: Reported): void {
  const missing = wanted.filter((path) => !mounts.some((mount) => mount.path === path));
  if (missing.length === 0) return;
  const message = `No Btrfs is mounted at ${missing.map(toLabel).join(", ")}.`;
  if (missing.length === wanted.length)
    throw new CollectError("not_found", message, { hint: "Mount it, or correct the path in the settings." });
  report.partial("not_found", message);
}
