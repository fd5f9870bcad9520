import { readFileSync } from "node:fs";

/** In a container the host's proc is mounted in some folder of that name. */
const PROC_FOLDER = /^((?:\/[^/]+)*?\/proc)\//;
/** Mounts change when somebody mounts something. */
const KEPT_MS = 60_000;
/** Folders come from settings; nobody has more than a few. */
const MAX_FOLDERS = 100;

interface Folder {
  readonly isProc: boolean;
  /** Other file systems mounted inside: reading one of them may wait. */
  readonly inside: readonly string[];
  readonly readAt: number;
}

/**
 * Says of a path whether the kernel's proc serves it, also where it is mounted a second time. Reads the list of mounts at
 * most once a minute for a folder, and never for paths without a folder `proc`.
 */
export function createProcMounts(readMounts = readOwnMounts, now = Date.now): (path: string) => boolean {
  const folders = new Map<string, Folder>();
  return (path) => {
    if (path.startsWith("/proc/")) return true;
    const place = PROC_FOLDER.exec(path)?.[1];
    if (place === undefined) return false;
    let folder = folders.get(place);
    if (!folder || now() - folder.readAt >= KEPT_MS) {
      if (folders.size >= MAX_FOLDERS) folders.clear();
      folder = { ...findFolder(readMounts(), place), readAt: now() };
      folders.set(place, folder);
    }
    return folder.isProc && !folder.inside.some((mount) => path === mount || path.startsWith(`${mount}/`));
  };
}

function findFolder(mounts: string, place: string): Pick<Folder, "isProc" | "inside"> {
  let isProc = false;
  const inside: string[] = [];
  for (const line of mounts.split("\n")) {
    const point = line.split(" ", 5)[4];
    const type = / - (\S+) /.exec(line)?.[1];
    // The last mount on a folder is the one that is seen.
    if (point === place) isProc = type === "proc";
    else if (point?.startsWith(`${place}/`)) inside.push(point);
  }
  return { isProc, inside };
}

/** Elsewhere than on Linux there is no such list, and no proc. */
function readOwnMounts(): string {
  try {
    return readFileSync("/proc/self/mountinfo", "utf8");
  } catch {
    return "";
  }
}
