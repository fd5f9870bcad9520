import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "../../plugins/sdk/plugin";
import { listPluginIds, loadPlugin } from "../../server/collect/registry";
import { readManifests } from "../services/manifests.mjs";
import { cell, drawTable } from "./markdown";
import { TIERS, writePluginPage } from "./plugin-page";

/** Every page under docs/plugins: name of the file to its text. @throws Error for a plugin that does not load */
export async function writePluginDocs(pluginsFolder: string): Promise<Map<string, string>> {
  const manifests = await readManifests();
  const pages = new Map<string, string>();
  const plugins: Plugin[] = [];
  for (const id of await listPluginIds(pluginsFolder)) {
    const loaded = await loadPlugin(pluginsFolder, id);
    if (!loaded.ok) throw new Error(`${id} does not load: ${loaded.problems.join(" ")}`);
    plugins.push(loaded.plugin);
    const readme = await readFile(join(pluginsFolder, id, "README.md"), "utf8");
    const proofs = manifests.filter(({ plugin }) => plugin === id);
    pages.set(`${id}.md`, writePluginPage(loaded.plugin, readme, proofs));
  }
  pages.set("README.md", writeIndex(plugins));
  return pages;
}

function writeIndex(plugins: readonly Plugin[]): string {
  const rows = [...plugins]
    .sort((a, b) => a.category.localeCompare(b.category, "en") || a.name.localeCompare(b.name, "en"))
    .map(({ id, name, category, tier, kind, summary }) => [
      `[${cell(name)}](${id}.md)`,
      category,
      TIERS[tier],
      kind,
      cell(summary),
    ]);
  return `<!-- Made from plugins/ by npm run docs:plugins. -->

# The ${plugins.length} plugins

Each page says what a plugin reads, how to set it up, its options, metrics and alerts, and what to do when it fails. How to write one of
your own is in [plugins.md](../plugins.md).

${drawTable(["Plugin", "Category", "Tier", "Kind", "What it does"], rows)}
`;
}
