import { readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";
import { runNode } from "../tasks/run-command.mjs";
import { createTally, describeFailure, describeSkip } from "./tally.mjs";

/** What a person sees, in a real browser: Playwright over e2e/. @param folder where the result may be left */
export async function runBrowser(folder) {
  const file = `${folder}/browser.json`;
  const { code } = await runNode(inRoot("node_modules/@playwright/test/cli.js"), ["test", "--reporter=list,json"], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  const report = await readFile(file, "utf8").then(JSON.parse, () => ({}));
  const tally = { passed: 0, failed: [], skipped: [] };
  for (const suite of report.suites ?? []) countSuite(tally, suite, []);
  for (const error of report.errors ?? []) tally.failed.push(String(error.message).split("\n", 1)[0]);
  if (code !== 0 && tally.failed.length === 0)
    tally.failed.push(`Playwright ended with exit code ${code}; its reason is above`);
  return createTally("browser", tally);
}

function countSuite(tally, { title, specs = [], suites = [] }, above) {
  const names = [...above, title];
  for (const spec of specs) for (const test of spec.tests) countTest(tally, [...names, spec.title].join(" › "), test);
  for (const suite of suites) countSuite(tally, suite, names);
}

function countTest(tally, name, { status, annotations, results }) {
  const reason = annotations.find(({ type }) => type === "skip" || type === "fixme")?.description;
  if (status === "skipped") tally.skipped.push(describeSkip(name, reason));
  else if (status === "expected") tally.passed++;
  else if (status === "flaky") {
    tally.passed++;
    process.stdout.write(`  passed only when tried again: ${name}\n`);
  } else tally.failed.push(describeFailure(name, results.at(-1)?.error));
}
