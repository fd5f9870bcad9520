import type { CollectContext } from "./context";
import { CollectError } from "./errors";
import { matchesGlob } from "./globs";

type Folders = Pick<CollectContext, "listDir" | "signal">;

/** Folders looked into for all patterns together: `**` on a whole disk must end. */
const MAX_FOLDERS = 500;
/** `**` goes down so many folders. */
const MAX_DEPTH = 8;

export const isGlob = (path: string) => /[*?]/.test(path);

/**
 * Paths that match a pattern, sorted: `*` and `?` within a name, `**` for any folders. Hidden names must be asked for with a dot.
 * Folders that cannot be read are passed over, unless it is the one where the pattern begins.
 *
 * @throws CollectError when that folder cannot be read
 */
export async function expandGlob(doors: Folders, pattern: string): Promise<string[]> {
  const segments = pattern.split("/").filter((segment) => segment !== "");
  const firstGlob = segments.findIndex(isGlob);
  const start = `/${segments.slice(0, firstGlob).join("/")}`;
  const walk = { left: MAX_FOLDERS, found: new Set<string>() };
  await descend(doors, start === "/" ? "" : start, segments.slice(firstGlob), walk, 0, true);
  return [...walk.found].sort();
}

interface Walk {
  left: number;
  readonly found: Set<string>;
}

async function descend(
  doors: Folders,
  folder: string,
  [segment, ...rest]: readonly string[],
  walk: Walk,
  depth: number,
  mustRead = false,
): Promise<void> {
  if (segment === undefined) {
    walk.found.add(folder);
    return;
  }
  if (!isGlob(segment)) return descend(doors, `${folder}/${segment}`, rest, walk, depth);
  const names = await listFolder(doors, folder || "/", walk, mustRead);
  // `**` is also no folder at all.
  if (segment === "**") await descend(doors, folder, rest, walk, depth);
  for (const name of names) {
    if (name.startsWith(".") && !segment.startsWith(".")) continue;
    if (segment === "**") {
      if (depth < MAX_DEPTH) await descend(doors, `${folder}/${name}`, [segment, ...rest], walk, depth + 1);
    } else if (matchesGlob(name, segment)) await descend(doors, `${folder}/${name}`, rest, walk, depth);
  }
}

async function listFolder(doors: Folders, folder: string, walk: Walk, mustRead: boolean): Promise<string[]> {
  if (walk.left <= 0) return [];
  walk.left -= 1;
  try {
    return await doors.listDir(folder);
  } catch (error) {
    // What is no folder is not there as one.
    if (mustRead || doors.signal.aborted || !(error instanceof CollectError)) throw error;
    return [];
  }
}
