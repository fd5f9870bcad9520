import type { CollectContext } from "./context";
import { CollectError } from "./errors";
import type { TailPlace } from "./tail-file";

/** Compressed files are not read: what was written last is in the one that is not compressed yet. */
const COMPRESSED = /\.(gz|xz|bz2|zst|lz4|lzma|Z|zip)$/;
/** Weekly rotation for a year. */
const MAX_CANDIDATES = 60;

/**
 * Where a log went that is not at its path any more: app.log.1, app.log-20261123, app.1.log. A renamed one has the same number, a copy
 * the same bytes before the place, and is not older than it.
 *
 * @param emptied the path still leads to the same file, so that what was in it can only be in a copy
 */
export async function findRotated(
  doors: Pick<CollectContext, "readPart" | "listDir" | "signal">,
  path: string,
  place: TailPlace,
  emptied: boolean,
): Promise<string | undefined> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const name = path.slice(folder.length + 1);
  const stem = name.replace(/(?<=.)\..*$/, "");
  const names = (await orNothing(doors, doors.listDir(folder || "/"))) ?? [];
  const candidates = names
    .filter((other) => other !== name && other.startsWith(stem) && !COMPRESSED.test(other))
    // Those with the whole name are more likely than others of its kind.
    .sort((a, b) => Number(b.startsWith(name)) - Number(a.startsWith(name)))
    .slice(0, MAX_CANDIDATES);
  let copy: { path: string; mtimeMs: number } | undefined;
  for (const other of candidates) {
    const { offset, before } = place;
    const at = { offset: offset - before.length, maxBytes: before.length };
    const part = await orNothing(doors, doors.readPart(`${folder}/${other}`, at));
    if (!part || part.bytes < offset || String.fromCharCode(...part.data) !== before) continue;
    if (part.id === place.id && !emptied) return `${folder}/${other}`;
    const isCopy = emptied && before !== "" && part.mtimeMs >= place.mtimeMs && part.id !== place.id;
    if (isCopy && (!copy || part.mtimeMs > copy.mtimeMs)) copy = { path: `${folder}/${other}`, mtimeMs: part.mtimeMs };
  }
  return copy?.path;
}

async function orNothing<T>(doors: Pick<CollectContext, "signal">, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (doors.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
