import { readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";

/** An address of whoever ran npm last would send everybody else's npm there; .npmrc leaves addresses out. */
export async function findLockAddresses() {
  return (await Promise.all(LOCK_FILES.map(findAddresses))).flat();
}

const LOCK_FILES = ["package-lock.json", "scripts/stores/timescale/package-lock.json"];

async function findAddresses(file) {
  const lines = (await readFile(inRoot(file), "utf8")).split("\n");
  return lines.flatMap((line, index) =>
    /"resolved":\s*"https?:/.test(line)
      ? [`${file}:${index + 1} holds a download address. Run npm install with this repository's .npmrc.`]
      : [],
  );
}
