import { readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";
import { runNode } from "../tasks/run-command.mjs";
import { createTally } from "./tally.mjs";

/**
 * Runs vitest and counts. @param options.folder where the result may be left
 * @param options.files parts of the names of the files to run; none are all
 * @param options.reporters files of more reporters
 */
export async function runVitest(suite, { folder, config, files = [], env = {}, reporters: more = [] }) {
  const tally = `${folder}/${suite}.json`;
  const own = ["scripts/test/vitest-tally.mjs", ...more].map((file) => `--reporter=${inRoot(file)}`);
  const reporters = ["--reporter=default", ...own];
  const { code } = await runNode(
    inRoot("node_modules/vitest/vitest.mjs"),
    ["run", `--config=${inRoot(config)}`, ...reporters, ...files],
    { env: { ...env, UNITY_TALLY: tally } },
  );
  const result = await readFile(tally, "utf8").then(JSON.parse, () => ({}));
  const failed = result.failed ?? [];
  if (code !== 0 && failed.length === 0) failed.push(`vitest ended with exit code ${code}; its reason is above`);
  return createTally(suite, { ...result, failed });
}
