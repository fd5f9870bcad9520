import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listPackages } from "../release/list-packages.mjs";
import { writeNotices } from "../release/notices.mjs";
import { inRoot, standalone } from "../tasks/root.mjs";
import { EXTERNAL } from "./bundle-server.mjs";
import { compressAssets } from "./compress-assets.mjs";
import { copyPackages } from "./copy-packages.mjs";

/** What the bundles need beside them: assets, migrations, icons, native packages. */
export async function completeTree(brokenPlugins) {
  await rm(join(standalone, "server.js"), { force: true }); // Next's own entry, which main.js replaces
  await copy(inRoot(".next", "static"), join(standalone, ".next", "static"));
  await compressAssets(join(standalone, ".next", "static"));
  await copy(inRoot("public"), join(standalone, "public"));
  await copy(inRoot("drizzle", "migrations"), join(standalone, "drizzle", "migrations"));
  for (const id of await readdir(inRoot("plugins")))
    await copy(inRoot("plugins", id, "icon.svg"), join(standalone, "plugins", id, "icon.svg"));
  if (brokenPlugins.length > 0)
    await writeFile(join(standalone, "plugins", "broken.json"), JSON.stringify(brokenPlugins, null, 2));
  await copyPackages(EXTERNAL.filter((name) => name !== "next"));
  await writeFile(join(standalone, "THIRD-PARTY-NOTICES.txt"), await writeNotices(await listPackages()));
  const { name, version } = JSON.parse(await readFile(inRoot("package.json"), "utf8"));
  await writeFile(join(standalone, "package.json"), JSON.stringify({ name, version, private: true, type: "module" }));
}

async function copy(from, to) {
  if (!existsSync(from)) return;
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true });
}
