import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { explainFileError } from "../db/file-error";
import { messageOf } from "../errors";

/**
 * Writes a file for its owner's eyes only, which is there as a whole or not at all: under another name until all of it is on the disk.
 * @returns its bytes @throws Error that says what to do; nothing is left then. What the bytes throw.
 */
export async function saveFile(name: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const draft = `${name}.${randomBytes(4).toString("hex")}.part`;
  let written = 0;
  try {
    const file = await open(draft, "wx", 0o600).catch(explain);
    try {
      for await (const block of bytes) {
        await file.writeFile(block).catch(explain);
        written += block.length;
      }
      await file.sync().catch(explain);
    } finally {
      await file.close();
    }
    await rename(draft, name).catch(explain);
    await syncFolder(dirname(name));
    return written;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }

  function explain(error: unknown): never {
    throw new Error(explainFileError(error, name) ?? `${name} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** The new name, too. Some systems do not open folders; there the name may be lost in a power cut, as any other. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  try {
    await handle?.sync().catch(() => undefined);
  } finally {
    await handle?.close();
  }
}
