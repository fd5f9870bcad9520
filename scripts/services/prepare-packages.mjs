import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { aptInstall, canAptInstall } from "../tasks/apt-install.mjs";
import { step } from "../tasks/progress.mjs";
import { runCommand } from "../tasks/run-command.mjs";

/**
 * Installs the Debian packages that services need and that are missing, where that may be done, and unpacks into folders of their own
 * those that cannot stand beside others.
 * @param options.folder where those are unpacked to @param options.mayInstall whether packages may be installed here
 * @returns `missing`: why a package is not there, by name; `unpacked`: the folder of each that was unpacked
 */
export async function preparePackages(rows, { folder, mayInstall }) {
  const wanted = [...new Set(rows.flatMap(({ packages }) => packages))].sort();
  const missing = {};
  let absent = await findAbsent(wanted);
  if (absent.length > 0 && mayInstall && canAptInstall()) {
    absent = await step(`Installing ${absent.join(", ")} with apt-get`, () => install(absent, missing));
  }
  for (const name of absent) missing[name] ??= `${name} is not installed: apt-get install ${name}`;
  const unpacked = {};
  for (const name of new Set(rows.flatMap(({ unpack }) => unpack))) {
    const reason = await unpack(name, join(folder, name));
    if (reason) missing[name] = reason;
    else unpacked[name] = join(folder, name);
  }
  return { missing, unpacked };
}

/** One that a distribution does not have keeps no other from coming. @returns those that are still absent */
async function install(names, missing) {
  if (!(await aptInstall(names))) return [];
  const absent = await findAbsent(names);
  for (const name of absent) {
    const reason = await aptInstall([name]);
    if (reason) missing[name] = `apt-get could not install ${name}: ${reason.split("\n").at(-1)}`;
  }
  return findAbsent(absent);
}

async function findAbsent(names) {
  if (names.length === 0) return [];
  // Names it does not know go to the error stream, and the exit code says that there are some.
  const { output } = await runCommand("dpkg-query", ["-W", "-f", "${Package}=${db:Status-Status}\\n", ...names], {
    quiet: true,
  });
  const installed = new Set(output.split("\n").filter((line) => line.endsWith("=installed")));
  return names.filter((name) => !installed.has(`${name}=installed`));
}

/** @returns why it could not be had; nothing when all is well */
async function unpack(name, folder) {
  await mkdir(folder, { recursive: true });
  const download = await runCommand("apt-get", ["download", "-q", "-o", "Acquire::Retries=5", name], {
    cwd: folder,
    quiet: true,
  });
  const file = (await readdir(folder)).find((entry) => entry.endsWith(".deb"));
  if (!file) return `apt-get could not download ${name}: ${download.output.trim().split("\n").at(-1)}`;
  const { code, output } = await runCommand("dpkg", ["-x", join(folder, file), folder], { quiet: true });
  return code === 0 ? undefined : `dpkg could not unpack ${name}: ${output.trim().split("\n").at(-1)}`;
}
