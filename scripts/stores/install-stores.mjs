import { aptInstall, canAptInstall } from "../tasks/apt-install.mjs";
import { step } from "../tasks/progress.mjs";
import { STORES } from "./start-store.mjs";

const isMissing = (name) => !STORES[name].isInstalled();

/**
 * Installs the servers of these names that are missing, where that may be done: Debian's packages as root, with apt-get; what npm has
 * in a folder of its own.
 * @returns why one is still missing, by name
 */
export async function installStores(names) {
  const byNpm = names.filter((name) => STORES[name].install);
  const reasons = await installPackages(names.filter((name) => STORES[name].debianPackage));
  for (const name of byNpm.filter(isMissing)) {
    const reason = await step(`Installing ${STORES[name].title} with npm`, STORES[name].install);
    if (reason) reasons[name] = reason;
  }
  return reasons;
}

async function installPackages(names) {
  const missing = names.filter(isMissing);
  if (missing.length === 0 || !canAptInstall()) return {};
  const packages = missing.map((name) => STORES[name].debianPackage);
  return step(`Installing ${packages.join(", ")} with apt-get`, async () => {
    if (!(await aptInstall(packages))) return {};
    // One that a distribution does not have keeps no other from coming.
    const reasons = {};
    for (const name of missing.filter(isMissing)) {
      const reason = await aptInstall([STORES[name].debianPackage]);
      if (reason)
        reasons[name] = `apt-get could not install ${STORES[name].debianPackage}: ${reason.split("\n").at(-1)}`;
    }
    return reasons;
  });
}
