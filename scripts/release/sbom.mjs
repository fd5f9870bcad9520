import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { inRoot, root } from "../tasks/root.mjs";
import { listPackages } from "./list-packages.mjs";

const run = promisify(execFile);
/** A few hundred packages with a kilobyte or two each. */
const MAX_OUTPUT = 20_000_000;

/**
 * The software bill of materials, as CycloneDX 1.5 by npm: what the built Unity is made from, and nothing that only builds or tests it.
 * @returns the file
 */
export async function writeSbom(folder) {
  const { name, version } = JSON.parse(await readFile(inRoot("package.json"), "utf8"));
  const { stdout } = await run("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], {
    cwd: root,
    maxBuffer: MAX_OUTPUT,
  });
  // Not --omit=dev: that leaves out what something for building needs as well, zod among them.
  const bill = JSON.parse(stdout);
  const kept = new Set((await listPackages()).map((one) => `${one.name}@${one.version}`));
  const own = bill.metadata.component["bom-ref"];
  const isKept = (reference) => kept.has(reference) || reference === own;
  bill.metadata.component.name = name; // npm takes the folder's
  bill.components = bill.components.filter((one) => kept.has(one["bom-ref"]));
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => isKept(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isKept) }));
  const file = join(folder, `${name}-${version}.cdx.json`);
  await writeFile(file, `${JSON.stringify(bill, null, 2)}\n`);
  return file;
}
