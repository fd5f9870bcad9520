import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Counts by plugin and service what passed, failed and was skipped, for the table. */
export default class ServiceReporter {
  onTestRunEnd(modules) {
    const counts = {};
    for (const module of modules) {
      const plugin = basename(dirname(module.relativeModuleId));
      for (const suite of module.children.suites()) {
        const key = `${plugin}/${suite.name}`;
        counts[key] ??= { passed: 0, failed: 0, skipped: 0 };
        counts[key].failed += suite.errors().length;
        for (const test of suite.children.allTests()) counts[key][stateOf(test)]++;
      }
    }
    writeFileSync(join(process.env.UNITY_SERVICES_SEEN, "counts.json"), JSON.stringify(counts));
  }
}

function stateOf(test) {
  const { state } = test.result();
  return state === "passed" || state === "skipped" ? state : "failed";
}
