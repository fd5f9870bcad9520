import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { explainFileError } from "./file-error";

/** Makes a folder and those above it, unless they are there. @throws Error that says why that cannot be done, and what to do */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    // Node says ENOENT where it could not make one of those above it: that one is asked.
    let there = folder;
    while (!existsSync(there)) there = dirname(there);
    const known = explainFileError(error, join(there, "unity"), { unclear: true });
    throw new Error(known ?? `The folder ${folder} cannot be made: ${String(error)}.`, { cause: error });
  }
}
