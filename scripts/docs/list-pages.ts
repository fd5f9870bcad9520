import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What people read, as paths from the root: README.md, SECURITY.md, everything in docs/, and each plugin's README.md. */
export function listPages(): string[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((name) => `docs/${name}`);
  const plugins = readdirSync(join(ROOT, "plugins")).map((id) => `plugins/${id}/README.md`);
  const pages = ["README.md", "SECURITY.md", ...docs.filter((name) => name.endsWith(".md")), ...plugins];
  return pages.filter((page) => existsSync(join(ROOT, page))).sort();
}
