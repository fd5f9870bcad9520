import { readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";
import { runNode } from "../tasks/run-command.mjs";
import { createTally } from "./tally.mjs";

/** Everything beside its file: vitest. @param folder where the result may be left */
export async function runUnit(folder) {
  const file = `${folder}/unit.json`;
  const reporters = ["--reporter=default", `--reporter=${inRoot("scripts/test/vitest-tally.mjs")}`];
  const { code } = await runNode(inRoot("node_modules/vitest/vitest.mjs"), ["run", ...reporters], {
    env: { UNITY_TALLY: file },
  });
  const result = await readFile(file, "utf8").then(JSON.parse, () => ({}));
  const failed = result.failed ?? [];
  if (code !== 0 && failed.length === 0) failed.push(`vitest ended with exit code ${code}; its reason is above`);
  return createTally("unit", { ...result, failed });
}
