import { stripVTControlCharacters } from "node:util";

/**
 * What came of one suite. `failed` and `skipped` hold a line each. A suite that ran nothing has failed: a check that cannot fail is a
 * defect.
 */
export function createTally(suite, { passed = 0, failed = [], skipped = [] } = {}) {
  const empty = passed + failed.length === 0;
  return { suite, passed, failed: empty ? ["It ran no test."] : failed, skipped };
}

/** For a suite that cannot run here at all, and need not. */
export const skipSuite = (suite, reason) => ({ suite, passed: 0, failed: [], skipped: [`all of it: ${reason}`] });

/** A skipped test says why: with a note of its own, or in its name. */
export function describeSkip(name, note) {
  if (note) return `${name}: ${note}`;
  return name.includes("skipped:") ? name : `${name}: gives no reason`;
}

/** A line that says what went wrong, and where: the whole of it stands far above, where the test ran. */
export function describeFailure(name, error) {
  const [first = ""] = stripVTControlCharacters(error?.message ?? "").split("\n", 1);
  const line = /([\w.-]+\.(?:test|spec)\.tsx?:\d+)/.exec(error?.stack ?? "")?.[1];
  return `${name}: ${first.slice(0, 300) || "it gives no reason"}${line ? ` (${line})` : ""}`;
}

/** Prints every skip with its reason, every failure, and the one line that ends it all. @returns whether all is well */
export function printTallies(tallies) {
  const lines = [];
  list(lines, "Skipped", tallies, ({ skipped }) => skipped);
  list(lines, "Failed", tallies, ({ failed }) => failed);
  const sum = (count) => tallies.reduce((total, tally) => total + count(tally), 0);
  const failed = sum((tally) => tally.failed.length);
  lines.push(
    `${sum(({ passed }) => passed)} passed, ${failed} failed, ${sum(({ skipped }) => skipped.length)} skipped`,
  );
  process.stdout.write(`\n${lines.join("\n")}\n`);
  return failed === 0;
}

function list(lines, title, tallies, pick) {
  const found = tallies.flatMap((tally) => pick(tally).map((line) => `  ${tally.suite}: ${line}`));
  if (found.length > 0) lines.push(`${title}:`, ...found, "");
}
