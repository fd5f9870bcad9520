/** A mounted Btrfs as /proc/self/mountinfo has it. */
export interface BtrfsMount {
  readonly path: string;
  /** "/dev/sda1"; any of its devices. */
  readonly source: string;
  /** The kernel turned it read-only by itself, after an error: mounted to be written, and not writable. */
  readonly forcedReadOnly: boolean;
}

/** proc_pid_mountinfo(5): "43 26 0:38 /root /srv rw,relatime shared:1 - btrfs /dev/sda1 rw,space_cache=v2". */
export function parseBtrfsMounts(mountinfo: string): BtrfsMount[] {
  return mountinfo.split("\n").flatMap((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const [fstype, source, superOptions = ""] = after.split(" ");
    const [, , , , path, options = ""] = before.split(" ");
    if (fstype !== "btrfs" || path === undefined || source === undefined) return [];
    const forcedReadOnly = superOptions.split(",").includes("ro") && options.split(",").includes("rw");
    return [{ path: unescapeOctal(path), source: unescapeOctal(source), forcedReadOnly }];
  });
}

/** Blanks, tabs, line ends and backslashes are written as \040 and so on, byte by byte. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
