import fc from "fast-check";
import { expect, test } from "vitest";
import { UNITS } from "@/plugins/sdk/units";
import { marksOf, yScale } from "./y-scale";

const MIB = 1_024 ** 2;

test.each<[string, number, number, { min: number; max: number; step: number }]>([
  ["ratio", 0.02, 0.05, { min: 0, max: 1, step: 0.25 }],
  ["ratio", 0, 1.000_2, { min: 0, max: 1, step: 0.25 }],
  ["ratio", 0, 1.4, { min: 0, max: 1.5, step: 0.5 }],
  ["bytes", 100 * MIB, 900 * MIB, { min: 0, max: 1_024 * MIB, step: 256 * MIB }],
  ["count", 3, 17, { min: 0, max: 20, step: 5 }],
  ["count", -4, 7, { min: -5, max: 10, step: 5 }],
  ["celsius", 41, 44, { min: 35, max: 50, step: 5 }],
  ["seconds", 0, 100, { min: 0, max: 120, step: 30 }],
  ["bool", 0, 0, { min: 0, max: 1, step: 1 }],
  ["count", 0, 0, { min: 0, max: 1, step: 0.5 }],
])("%s from %d to %d", (unit, low, high, scale) => {
  expect(yScale({ low, high }, unit)).toEqual(scale);
});

test("nothing measured still has an axis", () => {
  expect(yScale(null, "bytes")).toEqual({ min: 0, max: 1, step: 1 });
  expect(yScale(null, "celsius")).toEqual({ min: 0, max: 1, step: 0.5 });
});

test("marks include both ends and nothing beyond", () => {
  expect(marksOf({ min: 0, max: 0.3, step: 0.1 })).toEqual([0, 0.1, 0.2, 0.3]);
});

test("whatever is measured lies inside, with few marks", () => {
  const finite = fc.double({ min: -1e15, max: 1e15, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...UNITS), finite, finite, (unit, a, b) => {
      const range = unit === "bool" ? { low: 0, high: 1 } : { low: Math.min(a, b), high: Math.max(a, b) };
      const scale = yScale(range, unit);
      const slack = unit === "ratio" ? 0.005 : 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
      expect(scale.min).toBeLessThanOrEqual(range.low + slack);
      expect(scale.max).toBeGreaterThanOrEqual(range.high - slack);
      expect(marksOf(scale).length).toBeLessThanOrEqual(7);
    }),
  );
});
