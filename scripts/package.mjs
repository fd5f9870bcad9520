/** `npm run package`: what a release hands out, in dist: the npm package, the list of what is in it, and their checksums. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureBuilt } from "./build/build-unity.mjs";
import { writeSbom } from "./release/sbom.mjs";
import { writeSums } from "./release/sums.mjs";
import { installPackages } from "./tasks/install-packages.mjs";
import { runMain, step } from "./tasks/progress.mjs";
import { inRoot } from "./tasks/root.mjs";

await runMain(async () => {
  const folder = inRoot("dist");
  await mkdir(folder, { recursive: true });
  await installPackages();
  await ensureBuilt();
  // Not before: in a fresh clone esbuild was installed by this very script.
  const { makePackage } = await import("./release/make-package.mjs");
  const files = [
    await step("Packing", () => makePackage(folder)),
    await step("Listing what is in it", () => writeSbom(folder)),
  ];
  const sums = await writeSums(join(folder, "SHA256SUMS"), files);
  process.stdout.write(`\n${sums}`);
});
