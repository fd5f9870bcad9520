import { ensureBuilt } from "../build/build-unity.mjs";
import { makePackage } from "../release/make-package.mjs";
import { writeSbom } from "../release/sbom.mjs";
import { step } from "../tasks/progress.mjs";
import { runVitest } from "./run-vitest.mjs";

/** The npm package of a release, made anew and used as whoever has nothing but it. */
export async function runPackage(folder) {
  await ensureBuilt();
  const UNITY_PACKAGE = await step("Packing", () => makePackage(folder));
  const UNITY_SBOM = await writeSbom(folder);
  return runVitest("package", { folder, env: { UNITY_PACKAGE, UNITY_SBOM }, config: "vitest.package.config.ts" });
}
