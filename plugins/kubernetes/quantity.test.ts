import { expect, test } from "vitest";
import { parseQuantity } from "./quantity";

test.each([
  ["4", 4],
  ["250m", 0.25],
  ["137402904n", 0.137402904],
  ["15u", 0.000015],
  ["16315812Ki", 16_707_391_488],
  ["1.5Gi", 1_610_612_736],
  ["12e6", 12_000_000],
  ["2E", 2e18],
  ["1k", 1_000],
  ["110", 110],
  [".5", 0.5],
  [7, 7],
])("%s is %d", (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 9);
});

test.each([["4 Gi"], ["Gi"], [""], ["4GiB"], ["0x10"], [null], [undefined], [Number.NaN]])("%s is none", (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});
