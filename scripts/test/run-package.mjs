import { ensureBuilt } from "../build/build-unity.mjs";
import { writeSbom } from "../release/sbom.mjs";
import { step } from "../tasks/progress.mjs";
import { runVitest } from "./run-vitest.mjs";

/** The npm package of a release, made anew and used as whoever has nothing but it. */
export async function runPackage(folder) {
  await ensureBuilt();
  // Not before: in a fresh clone esbuild was installed by this very script.
  const { makePackage } = await import("../release/make-package.mjs");
  const UNITY_PACKAGE = await step("Packing", () => makePackage(folder));
  const UNITY_SBOM = await writeSbom(folder);
  return runVitest("package", { folder, env: { UNITY_PACKAGE, UNITY_SBOM }, config: "vitest.package.config.ts" });
}
