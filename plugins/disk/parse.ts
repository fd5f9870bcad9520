import { CollectError } from "../sdk";

/** One line of mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  /** major:minor; the same for everything mounted from one file system. */
  readonly deviceNumber: string;
  /** The part of the file system that is mounted: "/" for all of it. */
  readonly root: string;
  readonly path: string;
  readonly fstype: string;
  readonly source: string;
  readonly readonly: boolean;
}

/** What the kernel says of a whole file system that may not be written, whatever the mount point says. */
const BLOCKED = ["ro", "emergency_ro", "shutdown"];

/**
 * Reads mountinfo. Lines that make no sense are left out and counted.
 * @throws CollectError `parse` when not a single line makes sense
 */
export function parseMounts(text: string): { mounts: Mount[]; malformed: number } {
  const mounts: Mount[] = [];
  let malformed = 0;
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const mount = parseMount(line);
    if (mount) mounts.push(mount);
    else malformed += 1;
  }
  if (mounts.length === 0) throw new CollectError("parse", "mountinfo does not look like the kernel's list of mounts.");
  return { mounts, malformed };
}

function parseMount(line: string): Mount | undefined {
  const fields = line.split(" ");
  const [, , deviceNumber = "", root = "", path = "", options = ""] = fields;
  // Between options and type stand any number of tags, and then a dash.
  const dash = fields.indexOf("-", 6);
  const [fstype, source, superOptions = ""] = dash < 0 ? [] : fields.slice(dash + 1);
  if (!/^\d+:\d+$/.test(deviceNumber) || !path.startsWith("/") || !fstype || source === undefined) return undefined;
  return {
    deviceNumber,
    root: unescapeOctal(root),
    path: unescapeOctal(path),
    fstype,
    source: unescapeOctal(source),
    readonly: options.split(",").includes("ro") || superOptions.split(",").some((option) => BLOCKED.includes(option)),
  };
}

/** The kernel writes space, tab, newline, backslash and # as a backslash and three octal digits. */
const unescapeOctal = (text: string) =>
  text.replace(/\\([0-3][0-7]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** Totals of a block device since it appeared. */
export interface DiskTotals {
  readonly deviceNumber: string;
  readonly name: string;
  readonly reads: number;
  readonly readBytes: number;
  readonly readSeconds: number;
  readonly writes: number;
  readonly writtenBytes: number;
  readonly writeSeconds: number;
  readonly inFlight: number;
  readonly ioSeconds: number;
  readonly weightedSeconds: number;
}

/** The kernel counts sectors of this size here, whatever the device's own. */
const SECTOR_BYTES = 512;

/**
 * Reads /proc/diskstats (Documentation/admin-guide/iostats.rst). Lines that make no sense are left out and counted.
 * @throws CollectError `parse` when there are lines and none makes sense
 */
export function parseDiskStats(text: string): { disks: DiskTotals[]; malformed: number } {
  const disks: DiskTotals[] = [];
  let malformed = 0;
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const [major, minor, name, ...columns] = line.trim().split(/\s+/);
    const numbers = columns.slice(0, 11).map((column) => (/^\d{1,20}$/.test(column) ? Number(column) : Number.NaN));
    if (!name || numbers.length < 11 || numbers.some(Number.isNaN)) {
      malformed += 1;
      continue;
    }
    const [reads = 0, , sectorsRead = 0, readMs = 0, writes = 0, , sectorsWritten = 0, writeMs = 0, ...rest] = numbers;
    const [inFlight = 0, ioMs = 0, weightedMs = 0] = rest;
    disks.push({
      deviceNumber: `${major}:${minor}`,
      name,
      reads,
      readBytes: sectorsRead * SECTOR_BYTES,
      readSeconds: readMs / 1_000,
      writes,
      writtenBytes: sectorsWritten * SECTOR_BYTES,
      writeSeconds: writeMs / 1_000,
      inFlight,
      ioSeconds: ioMs / 1_000,
      weightedSeconds: weightedMs / 1_000,
    });
  }
  if (disks.length === 0 && malformed > 0)
    throw new CollectError("parse", "diskstats does not look like the kernel's table of disks.");
  return { disks, malformed };
}
