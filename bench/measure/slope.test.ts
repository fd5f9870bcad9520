import { expect, test } from "vitest";
import { percentile } from "./percentile";
import { slopeOf } from "./slope";

test("a straight line has its slope, and noise around a level has none", () => {
  expect(slopeOf([0, 1, 2, 3].map((x) => [x, 5 + 2 * x]))).toBeCloseTo(2);
  expect(slopeOf([0, 1, 2, 3].map((x) => [x, x === 0 || x === 3 ? 7 : 8]))).toBeCloseTo(0);
});

test("a percentile is a value that was measured", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 0.95)).toBe(95);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile([3], 0.95)).toBe(3);
  expect(percentile([], 0.5)).toBeNaN();
});
