import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";

const MANIFEST = "services.json";
/** What docs/ says about other programs is run, too: tests and manifest stand beside its other tests. */
const DOCS = "docs";
const OF_DOCS = "scripts/docs";
/** `real`: the service itself. `emulator`: something else that speaks its protocol. `double`: golden cases only. */
const PROOFS = ["real", "emulator", "double"];

/** @param plugin its id, or "docs" @returns where its manifest and its tests are, from the root */
export const folderOf = (plugin) => (plugin === DOCS ? OF_DOCS : `plugins/${plugin}`);

/**
 * How each thing a plugin speaks to is proven, by `plugins/<id>/services.json`: its name to
 * `{ proof, because?, packages?, unpack? }`. `packages` are Debian's; those in `unpack` cannot stand beside others.
 * @returns a row for each, in the order of plugins and files
 */
export async function readManifests() {
  const ids = (await readdir(inRoot("plugins"))).filter((id) => existsSync(inRoot("plugins", id, MANIFEST))).sort();
  const rows = await Promise.all(
    [...ids, DOCS].map(async (plugin) => {
      const manifest = JSON.parse(await readFile(inRoot(folderOf(plugin), MANIFEST), "utf8"));
      return Object.entries(manifest).map(([target, entry]) => ({
        plugin,
        target,
        proof: entry.proof,
        because: entry.because ?? "",
        packages: entry.packages ?? [],
        unpack: entry.unpack ?? [],
      }));
    }),
  );
  return rows.flat();
}

/** @returns a line for each thing wrong with a row */
export function findManifestProblems({ plugin, target, proof, because, packages, unpack }) {
  const where = `${folderOf(plugin)}/${MANIFEST}: ${target}`;
  const problems = [];
  if (!PROOFS.includes(proof)) problems.push(`${where}: proof is one of ${PROOFS.join(", ")}.`);
  if (proof !== "real" && !because)
    problems.push(`${where}: because is missing: say why it is not the service itself.`);
  for (const name of [...packages, ...unpack])
    if (!/^[a-z0-9][a-z0-9.+-]+$/.test(name)) problems.push(`${where}: ${name} is no name of a Debian package.`);
  return problems;
}
