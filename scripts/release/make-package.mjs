import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { EXTERNAL } from "../build/bundle-server.mjs";
import { Stop } from "../tasks/progress.mjs";
import { inRoot, standalone } from "../tasks/root.mjs";
import { runCommand } from "../tasks/run-command.mjs";

/** What npm installs itself, because it has a library for each platform. All else comes within the package. */
const INSTALLED = EXTERNAL.filter((name) => name !== "next");

/**
 * The built tree as an npm package: `npx` runs it without a compiler, and it brings nothing but SQLite's library along.
 * @param folder where the package is put together, and left beside
 * @returns the package's file
 */
export async function makePackage(folder) {
  const stage = join(folder, "package");
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  const native = await listNative();
  await cp(standalone, stage, { recursive: true, filter: (file) => !native.has(relative(standalone, file)) });
  for (const name of ["LICENSE", "CHANGELOG.md"]) await cp(inRoot(name), join(stage, name));
  await cp(inRoot("scripts/release/package-readme.md"), join(stage, "README.md"));
  await build({
    entryPoints: [inRoot("scripts/release/start-packed.mjs")],
    outfile: join(stage, "start.mjs"),
    banner: { js: "#!/usr/bin/env node" },
    ...{ bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "error" },
  });
  const bundled = await closeBundled(join(stage, "node_modules"));
  const { name, version, description, license, engines, dependencies } = await readJson(inRoot("package.json"));
  const own = Object.fromEntries(INSTALLED.map((one) => [one, dependencies[one]]));
  await writeJson(join(stage, "package.json"), {
    ...{ name, version, description, license, type: "module", engines },
    os: ["linux", "darwin"],
    bin: { unity: "start.mjs" },
    dependencies: { ...own, ...bundled },
    bundleDependencies: Object.keys(bundled),
  });
  const { code, output } = await runCommand("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: stage,
    quiet: true,
  });
  if (code !== 0) throw new Stop(`npm pack failed:\n${output}`);
  return join(folder, `${name}-${version}.tgz`);
}

/** The folders in node_modules of what npm installs, and of what that needs. */
async function listNative() {
  const found = new Set();
  const visit = async (name) => {
    const folder = join("node_modules", name);
    const file = await readJson(join(standalone, folder, "package.json")).catch(() => undefined);
    if (!file || found.has(folder)) return;
    found.add(folder);
    for (const one of Object.keys({ ...file.dependencies, ...file.optionalDependencies })) await visit(one);
  };
  for (const name of INSTALLED) await visit(name);
  return found;
}

/** What would have npm add compilers and picture processing, run scripts, or leave files out. */
const DROPPED = new Set(
  "dependencies optionalDependencies peerDependencies peerDependenciesMeta devDependencies scripts files".split(" "),
);

/** Packages within the package are what Next traced, and whole with what lies in them. @returns their names and versions */
async function closeBundled(modules) {
  const bundled = {};
  for (const name of await listModules(modules)) {
    const file = join(modules, name, "package.json");
    const { version, ...said } = await readJson(file);
    const kept = Object.entries(said).filter(([key]) => !DROPPED.has(key));
    const dependencies = await closeBundled(join(modules, name, "node_modules"));
    await writeJson(file, { version, ...Object.fromEntries(kept), dependencies });
    bundled[name] = version;
  }
  return bundled;
}

async function listModules(modules) {
  const names = existsSync(modules) ? (await readdir(modules)).sort() : [];
  const all = await Promise.all(
    names.map(async (name) =>
      name.startsWith("@") ? (await readdir(join(modules, name))).map((inner) => `${name}/${inner}`) : [name],
    ),
  );
  return all.flat();
}

const readJson = async (file) => JSON.parse(await readFile(file, "utf8"));
const writeJson = (file, value) => writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
