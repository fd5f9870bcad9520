import { readdirSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findManifestProblems, folderOf, readManifests } from "../services/manifests.mjs";
import { preparePackages } from "../services/prepare-packages.mjs";
import { printServices } from "../services/print-services.mjs";
import { isDisposable } from "../tasks/is-disposable.mjs";
import { inRoot } from "../tasks/root.mjs";
import { runVitest } from "./run-vitest.mjs";
import { createTally, skipSuite } from "./tally.mjs";

/**
 * Plugins against the services they are made for: vitest over `plugins/<id>/services.test.ts`, or one such file for each service, with
 * Debian's packages of `services.json`, and a table of what was proven how; and what docs/ says of other programs, in the same way.
 * @param options.files ids of plugins, or "docs"; none are all
 * @param options.asked by name; then what is missing is installed, if root. It is in a CI and in a container, too.
 */
export async function runServices(folder, { files, asked }) {
  const all = await readManifests();
  const rows = files.length > 0 ? all.filter(({ plugin }) => files.includes(plugin)) : all;
  const problems = rows.flatMap(findManifestProblems);
  if (problems.length > 0) return createTally("services", { failed: problems });
  const place = join(folder, "services");
  await mkdir(place, { recursive: true });
  await Promise.all([folder, place].map((one) => chmod(one, 0o755))); // services that are not root read what is unpacked here
  const state = await preparePackages(rows, { folder: join(place, "unpacked"), mayInstall: asked || isDisposable() });
  const stateFile = join(place, "state.json");
  await writeFile(stateFile, JSON.stringify({ ...state, rows }));
  const tested = [...new Set(rows.map(({ plugin }) => plugin))].flatMap(findTests);
  // Without a file, vitest would run those of all plugins.
  if (tested.length === 0) {
    await printServices(rows, place);
    return skipSuite("services", "no service here can be had from Debian; golden cases stand for it.");
  }
  const tally = await runVitest("services", {
    folder,
    files: tested,
    env: { UNITY_SERVICES: stateFile, UNITY_SERVICES_SEEN: place },
    config: "vitest.services.config.ts",
    reporters: ["scripts/services/service-reporter.mjs"],
  });
  await printServices(rows, place);
  return tally;
}

const findTests = (plugin) =>
  readdirSync(inRoot(folderOf(plugin)))
    .filter((name) => /^(.+\.)?services\.test\.ts$/.test(name))
    .map((name) => `${folderOf(plugin)}/${name}`);
