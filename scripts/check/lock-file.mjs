import { readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";

/** An address of whoever ran npm last would send everybody else's npm there; .npmrc leaves addresses out. */
export async function findLockAddresses() {
  const lines = (await readFile(inRoot("package-lock.json"), "utf8")).split("\n");
  return lines.flatMap((line, index) =>
    /"resolved":\s*"https?:/.test(line)
      ? [`package-lock.json:${index + 1} holds a download address. Run npm install with this repository's .npmrc.`]
      : [],
  );
}
