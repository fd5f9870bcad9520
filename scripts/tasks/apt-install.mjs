import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { runCommand } from "./run-command.mjs";

const POLICY = "/usr/sbin/policy-rc.d";
/** dpkg's lock may be another installation's for a while, e.g. of the updates that come by themselves. */
const WAIT_FOR_LOCK = "DPkg::Lock::Timeout=120";
/** A mirror may break off. */
const TRY_AGAIN = "Acquire::Retries=5";
const ENV = { DEBIAN_FRONTEND: "noninteractive" };
let listsAreNew = false;

/** May this process install packages of Debian or what descends from it? */
export function canAptInstall() {
  if (process.platform !== "linux" || process.getuid() !== 0) return false;
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, "apt-get")));
}

/**
 * Installs packages without asking, and without starting the services they bring.
 * @returns what went wrong, in apt-get's words; nothing when all is well
 */
export async function aptInstall(packages) {
  // The lists may be old; where they cannot be renewed, the installation may still go well.
  if (!listsAreNew) await runCommand("apt-get", ["update", "-q"], { env: ENV, quiet: true });
  listsAreNew = true;
  return withoutServices(async () => {
    const options = ["install", "-y", "-q", "--no-install-recommends", "-o", WAIT_FOR_LOCK, "-o", TRY_AGAIN];
    const { code, output } = await runCommand("apt-get", [...options, ...packages], { env: ENV, quiet: true });
    return code === 0 ? undefined : output.trim().split("\n").slice(-5).join("\n");
  });
}

/** Debian starts a server as it is installed, on its usual port, unless this file says no. One that is there is left alone. */
async function withoutServices(work) {
  if (existsSync(POLICY)) return work();
  await writeFile(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return await work();
  } finally {
    await rm(POLICY, { force: true });
  }
}
