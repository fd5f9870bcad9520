import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../build/build-unity.mjs";
import { runChecks } from "../check/run-checks.mjs";
import { installPackages } from "../tasks/install-packages.mjs";
import { runMain, Stop, step } from "../tasks/progress.mjs";
import { ensureChromium } from "./ensure-chromium.mjs";
import { runBrowser } from "./run-browser.mjs";
import { runContainer } from "./run-container.mjs";
import { runPackage } from "./run-package.mjs";
import { runServices } from "./run-services.mjs";
import { runStores } from "./run-stores.mjs";
import { runVitest } from "./run-vitest.mjs";
import { createTally, printTallies } from "./tally.mjs";

const SUITES = {
  check: { title: "Checks", run: checks },
  unit: { title: "Unit tests", takesFiles: true, run: unit },
  stores: { title: "Tests with real servers", takesFiles: true, run: runStores },
  services: { title: "Plugins with real services", takesFiles: true, run: runServices },
  container: { title: "Container", run: runContainer },
  package: { title: "Package for npm", run: runPackage },
  browser: { title: "Browser tests", run: browser },
};

/**
 * Runs the suites of these names, or all; one that fails does not keep the next from running. After the name of a single one of
 * vitest, parts of the names of files may follow.
 */
export function runTests(args) {
  return runMain(async () => {
    const names = args.filter((arg) => arg in SUITES);
    const files = args.filter((arg) => !(arg in SUITES));
    if (files.length > 0 && !(names.length === 1 && SUITES[names[0]].takesFiles))
      throw new Stop(`There is no suite ${files.join(", ")}. There are: ${Object.keys(SUITES).join(", ")}.`);
    await installPackages();
    const folder = await mkdtemp(join(tmpdir(), "unity-test-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const options = { files, asked: names.length > 0 };
    const tallies = [];
    for (const name of options.asked ? names : Object.keys(SUITES)) tallies.push(await runSuite(name, folder, options));
    if (!printTallies(tallies)) process.exitCode = 1;
  });
}

async function runSuite(name, folder, options) {
  try {
    return await step(SUITES[name].title, () => SUITES[name].run(folder, options));
  } catch (error) {
    process.stderr.write(`${error instanceof Stop ? error.message : error.stack}\n`);
    return createTally(name, { failed: [error.message.split("\n", 1)[0]] });
  }
}

/** Each check counts as one test. */
async function checks() {
  const results = await runChecks();
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  return createTally("check", { passed: results.length - failed.length, failed });
}

/** Everything beside its file. */
function unit(folder, { files }) {
  return runVitest("unit", { folder, files, config: "vitest.config.ts" });
}

async function browser(folder) {
  await ensureChromium();
  await ensureBuilt();
  return runBrowser(folder);
}
