import { expect, test } from "vitest";
import { thresholdsOf } from "./thresholds";

const settings = { warningDays: 30, criticalDays: 7, warningRatio: 0.33 };
const DAY = 86_400;

test.each([
  [365, 30, 7],
  [90, 29.7, 7],
  [47, 15.51, 5.17],
  [6, 1.98, 0.66],
  [0, 0, 0],
  [-5, 0, 0],
])("a life of %d days warns at %d and is critical at %d", (life, warning, critical) => {
  const { warningSeconds, criticalSeconds } = thresholdsOf(life * DAY, settings);
  expect(warningSeconds / DAY).toBeCloseTo(warning);
  expect(criticalSeconds / DAY).toBeCloseTo(critical);
});
