import { readFile, rm } from "node:fs/promises";
import { installPackages, requireSpace } from "../tasks/install-packages.mjs";
import { listFiles } from "../tasks/list-files.mjs";
import { Stop, step } from "../tasks/progress.mjs";
import { inRoot, root, standalone } from "../tasks/root.mjs";
import { runNode } from "../tasks/run-command.mjs";
import { fingerprint, isFresh, makeStamped } from "../tasks/stamp.mjs";

const STAMP = inRoot(".next", "unity-built");
const BUILD_BYTES = 4e8;
/** What the production tree is made from. */
const SOURCES =
  /^(app|components|server|plugins|drizzle|public|scripts\/build|scripts\/release)\/|^(package-lock\.json|tsconfig\.json|(next|postcss)\.config\.mjs)$/;
const NOT_BUILT = /\.test\.tsx?$|\/cases\/|\.md$/;

/** Builds when something changed since the last whole build. */
export async function ensureBuilt() {
  if (!(await isFresh(STAMP, await describeSources()))) await buildUnity();
}

/** Pages by Next, the server and its plugins by esbuild, together in .next/standalone. */
export async function buildUnity() {
  await installPackages();
  await requireSpace(BUILD_BYTES, "the built files");
  const sources = await describeSources(); // before: what changes while it builds makes it stale
  await makeStamped(STAMP, build, () => sources);
}

async function build() {
  await rm(standalone, { recursive: true, force: true });
  await step("Building the pages", async () => {
    const { code } = await runNode(inRoot("node_modules/next/dist/bin/next"), ["build"], {
      env: { NODE_ENV: "production" },
    });
    if (code !== 0) throw new Stop("The pages could not be built; the reason is above.");
  });
  await step("Building the server and its plugins", async () => {
    // Not before: in a fresh clone esbuild is installed by this very script.
    const [{ bundleServer }, { completeTree }] = await Promise.all([
      import("./bundle-server.mjs"),
      import("./complete-tree.mjs"),
    ]);
    const { broken } = await bundleServer();
    for (const { id, error } of broken)
      process.stderr.write(`  The plugin ${id} is broken and was left out: ${error}\n`);
    await completeTree(broken);
  });
}

async function describeSources() {
  const files = (await listFiles(root)).filter((file) => SOURCES.test(file) && !NOT_BUILT.test(file));
  const parts = await Promise.all(files.map(async (file) => [file, await readFile(inRoot(file))]));
  return fingerprint([...parts, ["platform", `${process.platform} ${process.arch} ${process.versions.modules}`]]);
}
