import { readFile } from "node:fs/promises";
import { listFiles } from "../tasks/list-files.mjs";
import { inRoot, root } from "../tasks/root.mjs";

/** Longer ones want a split by responsibility, docs/architecture.md. */
const MAX_LINES = 300;
const CODE = /\.(?:ts|tsx|mjs|cjs|js|css)$/;
/** Recorded or generated. */
const EXEMPT_FOLDERS = /\/(?:cases|migrations)\//;
/** Tables of data, each with the reason why it is one file. */
const EXEMPT_FILES = new Map([]);

export async function findLongFiles() {
  const files = (await listFiles(root)).filter((file) => CODE.test(file) && !EXEMPT_FOLDERS.test(file));
  const findings = [];
  for (const file of files) {
    const lines = (await readFile(inRoot(file), "utf8")).trimEnd().split("\n").length;
    if (lines > MAX_LINES && !EXEMPT_FILES.has(file))
      findings.push(`${file} has ${lines} lines; ${MAX_LINES} are the most. Split it by responsibility.`);
  }
  for (const file of EXEMPT_FILES.keys())
    if (!files.includes(file)) findings.push(`${file} is exempt and does not exist. Remove it from the list.`);
  return findings;
}
