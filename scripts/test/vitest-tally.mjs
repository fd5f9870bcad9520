import { writeFileSync } from "node:fs";
import { describeFailure, describeSkip } from "./tally.mjs";

/** Vitest's own JSON leaves out why a test was skipped. */
export default class VitestTally {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: [], skipped: [] };
    for (const module of modules) {
      for (const error of module.errors()) tally.failed.push(`${module.relativeModuleId}: ${error.message}`);
      // What fails before its tests leaves them skipped.
      for (const suite of module.children.allSuites())
        for (const error of suite.errors())
          tally.failed.push(describeFailure(`${module.relativeModuleId} › ${suite.fullName}`, error));
      for (const test of module.children.allTests()) count(tally, module.relativeModuleId, test);
    }
    for (const error of unhandledErrors) tally.failed.push(`outside any test: ${error.message}`);
    writeFileSync(process.env.UNITY_TALLY, JSON.stringify(tally));
  }
}

function count(tally, file, test) {
  const { state, note, errors = [] } = test.result();
  const name = `${file} › ${test.fullName}`;
  if (state === "passed") tally.passed++;
  else if (state === "skipped") tally.skipped.push(describeSkip(name, note));
  else if (state === "failed") tally.failed.push(describeFailure(name, errors[0]));
  else tally.failed.push(`${name} did not end`);
}
