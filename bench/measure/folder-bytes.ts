import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** What the kernel counts in, whatever the file system's blocks are. */
const BLOCK_BYTES = 512;

/**
 * What the files of a folder take on the disk: holes are not counted, the rest of a last block is. Whatever goes away meanwhile is
 * nothing.
 */
export async function readFolderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of (await unlessGone(readdir(folder, { withFileTypes: true }))) ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await readFolderBytes(path);
    else if (entry.isFile()) bytes += ((await unlessGone(stat(path)))?.blocks ?? 0) * BLOCK_BYTES;
  }
  return bytes;
}

async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
