import { expect, test } from "vitest";
import { isOnAxis, unitOfTake } from "./value-unit";

test.each([
  ["gauge", "bytes", { kind: "last" }, "bytes"],
  ["counter", "bytes", { kind: "last" }, "bytes_per_second"],
  ["counter", "bytes", { kind: "increase", seconds: 60 }, "bytes"],
  ["gauge", "bool", { kind: "increase", seconds: 60 }, "count"],
  ["counter", "seconds", { kind: "avg", seconds: 60 }, "ratio"],
  ["gauge", "bool", { kind: "changes", seconds: 60 }, "count"],
  ["gauge", "bytes", { kind: "rate", seconds: 60 }, "bytes_per_second"],
  ["gauge", "celsius", { kind: "rate", seconds: 60 }, "count"],
  ["gauge", "celsius", { kind: "score", days: 7 }, "count"],
  ["gauge", "celsius", { kind: "ratio", days: 7 }, "ratio"],
  ["gauge", "bytes", { kind: "forecast", seconds: 60 }, "bytes"],
] as const)("a %s of %s, taken as %j, is in %s", (kind, unit, take, wanted) => {
  expect(unitOfTake({ kind, unit }, take)).toBe(wanted);
});

test("only what is measured itself lies on the axis of the chart", () => {
  expect(isOnAxis({ kind: "max", seconds: 60 })).toBe(true);
  expect(isOnAxis({ kind: "increase", seconds: 60 })).toBe(false);
  expect(isOnAxis({ kind: "forecast", seconds: 60 })).toBe(false);
});
