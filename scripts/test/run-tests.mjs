import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../build/build-unity.mjs";
import { runChecks } from "../check/run-checks.mjs";
import { installPackages } from "../tasks/install-packages.mjs";
import { runMain, Stop, step } from "../tasks/progress.mjs";
import { ensureChromium } from "./ensure-chromium.mjs";
import { runBrowser } from "./run-browser.mjs";
import { runUnit } from "./run-unit.mjs";
import { createTally, printTallies } from "./tally.mjs";

const SUITES = {
  check: { title: "Checks", run: checks },
  unit: { title: "Unit tests", run: runUnit },
  browser: { title: "Browser tests", run: browser },
};

/** Runs the suites of these names, or all; one that fails does not keep the next from running. */
export function runTests(names) {
  return runMain(async () => {
    const unknown = names.filter((name) => !(name in SUITES));
    if (unknown.length > 0)
      throw new Stop(`There is no suite ${unknown.join(", ")}. There are: ${Object.keys(SUITES).join(", ")}.`);
    await installPackages();
    const folder = await mkdtemp(join(tmpdir(), "unity-test-"));
    const tallies = [];
    for (const name of names.length > 0 ? names : Object.keys(SUITES)) tallies.push(await runSuite(name, folder));
    await rm(folder, { recursive: true, force: true });
    if (!printTallies(tallies)) process.exitCode = 1;
  });
}

async function runSuite(name, folder) {
  try {
    return await step(SUITES[name].title, () => SUITES[name].run(folder));
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

async function browser(folder) {
  await ensureChromium();
  await ensureBuilt();
  return runBrowser(folder);
}
