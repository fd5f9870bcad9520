import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writePluginDocs } from "./docs/plugin-docs";

/** npm run docs:plugins: writes docs/plugins from the plugins' definitions and READMEs. */
const docs = fileURLToPath(new URL("../docs/plugins", import.meta.url));
const pages = await writePluginDocs(fileURLToPath(new URL("../plugins", import.meta.url)));
await mkdir(docs, { recursive: true });
for (const name of await readdir(docs)) if (!pages.has(name)) await rm(join(docs, name));
for (const [name, text] of pages) await writeFile(join(docs, name), text);
process.stdout.write(`${pages.size} pages in docs/plugins.\n`);
