import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** At the top: made by tools, or not Unity's. Elsewhere such a name may be a folder of ours, as components/data is. */
const NOT_SOURCES = new Set(["data", "dist", "node_modules", "playwright-report", "test-results"]);

/** The source files under a folder, as sorted paths relative to it with forward slashes. */
export async function listFiles(root, folder = "") {
  const files = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    const hidden = !folder && entry.name.startsWith(".") && entry.isDirectory();
    if (hidden || entry.name === "node_modules" || (!folder && NOT_SOURCES.has(entry.name))) continue;
    if (entry.isDirectory()) files.push(...(await listFiles(root, path)));
    else if (entry.isFile()) files.push(path);
  }
  return files.sort();
}
