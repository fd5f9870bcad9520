import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { writeLicencePage } from "./release/licence-page";
import { listPackages } from "./release/list-packages.mjs";

/** npm run docs:licences: writes docs/licences.md from the lock file. */
const packages = await listPackages();
await writeFile(fileURLToPath(new URL("../docs/licences.md", import.meta.url)), writeLicencePage(packages));
process.stdout.write(`${packages.length} packages in docs/licences.md.\n`);
