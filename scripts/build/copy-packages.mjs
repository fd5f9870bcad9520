import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { root, standalone } from "../tasks/root.mjs";

/** Copies packages and all they need, optional ones where they are installed: those are the native libraries of this platform. */
export async function copyPackages(names) {
  const found = new Set();
  for (const name of names) await collect(name, root, found);
  for (const folder of found)
    await cp(folder, join(standalone, relative(root, folder)), {
      recursive: true,
      dereference: true,
      filter: (file) => !file.startsWith(join(folder, "node_modules")), // its own nested ones are found below, if needed
    });
}

async function collect(name, from, found, optional = false) {
  const folder = findPackage(name, from);
  if (!folder && optional) return;
  if (!folder) throw new Error(`The package ${name} is not installed. Run npm install.`);
  if (found.has(folder)) return;
  found.add(folder);
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies }))
    await collect(dependency, folder, found, dependency in optionalDependencies);
}

/** As Node does: in the nearest node_modules, going up to the repository's. */
function findPackage(name, from) {
  const folder = join(from, "node_modules", name);
  if (existsSync(join(folder, "package.json"))) return folder;
  return from === root ? undefined : findPackage(name, dirname(from));
}
