import { existsSync } from "node:fs";
import { readFile, statfs } from "node:fs/promises";
import { Stop, step } from "./progress.mjs";
import { inRoot, root } from "./root.mjs";
import { runCommand, runNode } from "./run-command.mjs";
import { fingerprint, isFresh, makeStamped } from "./stamp.mjs";

const STAMP = inRoot("node_modules", ".unity-installed");
/** node_modules holds 0.7 GB, npm's cache a part of it again. */
const INSTALL_BYTES = 1.2e9;

/** Runs `npm install` when packages are missing or are not those of package.json and package-lock.json. */
export async function installPackages() {
  if (await isFresh(STAMP, await describePackages())) return;
  await requireSpace(INSTALL_BYTES, "the packages");
  await step("Installing packages with npm", () => makeStamped(STAMP, npmInstall, describePackages));
}

async function npmInstall() {
  // The build needs the development packages, whatever NODE_ENV says. Not `npm ci`: it refuses a lock file that lacks the
  // optional packages of other platforms.
  const args = ["install", "--include=dev", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const { code } = npm?.endsWith(".js") ? await runNode(npm, args) : await runCommand("npm", args);
  if (code === 127) throw new Stop("There is no npm. It comes with Node: install Node with npm, then try again.");
  if (code === 0 && existsSync(inRoot("node_modules"))) return;
  await requireSpace(INSTALL_BYTES / 10, "the packages");
  throw new Stop(
    `npm install failed (exit code ${code}); its reason is above. It needs the npm registry: is there a network?`,
  );
}

/** @throws Stop when the disk has less room than that */
export async function requireSpace(bytes, forWhat) {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const megabytes = (value) => `${Math.round(value / 1e6)} MB`;
  throw new Stop(
    `The disk of ${root} has ${megabytes(free)} left; ${forWhat} need about ${megabytes(bytes)}. Free some.`,
  );
}

/** Only what decides the packages: a changed script is no reason to install. */
async function describePackages() {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(
    await readFile(inRoot("package.json"), "utf8"),
  );
  const lock = inRoot("package-lock.json");
  return fingerprint([
    ["package.json", JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides])],
    ["package-lock.json", existsSync(lock) ? await readFile(lock) : ""],
    ["platform", `${process.platform} ${process.arch}`],
  ]);
}
