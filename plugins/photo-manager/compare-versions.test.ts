import { expect, test } from "vitest";
import { compareVersions } from "./compare-versions";

test.each([
  ["v1.132.0", "1.131.9", 1],
  ["v2.0.0", "v1.143.1", 1],
  ["1.9.0", "1.10.0", -1],
  ["v2.3.1", "2.3.1", 0],
  ["v2.4.0-rc.1", "2.3.1", 1],
  ["latest", "2.3.1", undefined],
  ["2.3", "2.3.1", undefined],
])("%s against %s", (a, b, wanted) => {
  const difference = compareVersions(a, b);
  expect(difference === undefined ? undefined : Math.sign(difference)).toBe(wanted);
});
