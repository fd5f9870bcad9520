import { expect, test } from "vitest";
import { config } from "./config";
import { limitsOf } from "./limits";

const settings = config.parse({});

test.each([
  ["both of the chip's", { max: 80, critical: 100 }, { max: 80, critical: 100 }],
  ["none", {}, { max: 75, critical: 85 }],
  ["a high critical one", { critical: 110 }, { max: 75, critical: 110 }],
  ["a low critical one", { critical: 60 }, { max: 60, critical: 60 }],
  ["a high warning", { max: 95 }, { max: 95, critical: 95 }],
  ["a low warning", { max: 50 }, { max: 50, critical: 85 }],
])("of a chip that names %s", (_, own, expected) => {
  expect(limitsOf(own, settings)).toEqual(expected);
});

test("the settings alone, when the chips' limits are not to be used", () => {
  expect(limitsOf({ max: 50, critical: 60 }, { ...settings, useChipLimits: false })).toEqual({ max: 75, critical: 85 });
});
