import { expect, test } from "vitest";
import { sparkPaths, sparkScale } from "./spark-path";

const box = { width: 20, height: 10, min: 0, max: 1 };

test("a line runs from the left edge to the right", () => {
  expect(sparkPaths([0, 0.5, 1], box)).toEqual({ line: "M0 10L10 5L20 0", area: "M0 10L0 10L10 5L20 0L20 10Z" });
});

test("a gap stays a gap, and a lone point is a dot", () => {
  expect(sparkPaths([1, 1, null, null, 0.5], { ...box, width: 40 }).line).toBe("M0 0L10 0M40 5h0");
});

test("nothing measured draws nothing", () => {
  expect(sparkPaths([null, null], box)).toEqual({ line: "", area: "" });
});

test.each([
  [[0.01, 0.02], 0.25, { min: 0, max: 0.25 }],
  [[5, null, 9], 0, { min: 0, max: 9 }],
  [[-4, 2], 0, { min: -4, max: 2 }],
  [[0, 0], 0, { min: 0, max: 1 }],
  [[], 0, { min: 0, max: 1 }],
])("the scale of %j holds it all", (values, floor, scale) => {
  expect(sparkScale(values, floor)).toEqual(scale);
});
