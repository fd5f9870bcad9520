import { matchesAny, printable } from "../sdk";
import type { Config } from "./config";
import type { Mount } from "./parse";

interface MountLabels extends Readonly<Record<string, string>> {
  readonly mount: string;
  readonly device: string;
  readonly fstype: string;
}

/** A file system that is shown. */
export interface Shown {
  readonly labels: MountLabels;
  readonly deviceNumber: string;
  /** Where it is seen from here. */
  readonly statPath: string;
  readonly readonly: boolean;
  /** The machine that serves it, for shares: when it is gone, all of its shares hang. */
  readonly server: string | undefined;
}

/**
 * One mount for each file system: where something is mounted twice, bound elsewhere or (Btrfs) mounted by subvolume, the space is
 * the same, and counting it twice would be wrong. The whole of it is preferred, then the shortest path.
 */
export function chooseMounts(all: readonly Mount[], config: Config): { shown: Shown[]; truncated: boolean } {
  // What was mounted last upon a path hides what was there before.
  const visible = new Map(seenFromHost(all, config.rootPrefix).map((mount) => [mount.path, mount]));
  const wanted = [...visible.values()].filter(
    ({ path, fstype }) => !matchesAny(fstype, config.excludeTypes) && !matchesAny(path, config.excludeMounts),
  );
  const byFileSystem = new Map<string, Mount>();
  for (const mount of wanted) {
    const rival = byFileSystem.get(mount.deviceNumber);
    if (!rival || isBetter(mount, rival)) byFileSystem.set(mount.deviceNumber, mount);
  }
  const chosen = [...byFileSystem.values()];
  return {
    shown: chosen.slice(0, config.maxItems).map((mount) => ({
      labels: { mount: printable(mount.path), device: printable(mount.source), fstype: printable(mount.fstype) },
      deviceNumber: mount.deviceNumber,
      statPath: config.rootPrefix === "" ? mount.path : `${config.rootPrefix}${mount.path === "/" ? "" : mount.path}`,
      readonly: mount.readonly,
      server: isRemote(mount.fstype) ? serverOf(mount.source) : undefined,
    })),
    truncated: chosen.length > config.maxItems,
  };
}

/**
 * With a prefix there are two views: the host's own list, whose paths need the prefix to be reached, and a container's, in which
 * the host's mounts lie below the prefix among the container's own.
 */
function seenFromHost(all: readonly Mount[], prefix: string): readonly Mount[] {
  const below = prefix === "" ? [] : all.filter(({ path }) => path === prefix || path.startsWith(`${prefix}/`));
  return below.length === 0 ? all : below.map((mount) => ({ ...mount, path: mount.path.slice(prefix.length) || "/" }));
}

function isBetter(mount: Mount, rival: Mount): boolean {
  const rank = ({ root, path }: Mount) => (root === "/" ? 0 : 100_000) + path.length;
  return rank(mount) < rank(rival);
}

const REMOTE = new Set([
  "nfs",
  "nfs4",
  "cifs",
  "smb3",
  "smbfs",
  "ceph",
  "glusterfs",
  "9p",
  "afs",
  "lustre",
  "beegfs",
  "davfs",
]);

/** FUSE counts as remote: behind it is a program that may hang. `fuseblk` is a local disk, as NTFS. */
const isRemote = (fstype: string) => REMOTE.has(fstype) || fstype === "fuse" || fstype.startsWith("fuse.");

/** `nas:/export`, `//nas/share` and `user@nas:/folder` all name nas; anything else stands for itself. */
function serverOf(source: string): string {
  const named = /^\/\/([^/]+)\//.exec(source) ?? /^(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+):/.exec(source);
  return named?.[1] ?? source;
}
