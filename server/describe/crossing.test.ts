import { expect, test } from "vitest";
import { crossingAt } from "./crossing";

const HOUR = 3_600_000;
const NOW = 1_790_000_000_000;
const free = (points: readonly (number | null)[]) =>
  crossingAt({ points, stepMs: HOUR, threshold: 0, comparison: "below" }, NOW);
const line = (length: number, start: number, step: number) =>
  Array.from({ length }, (_, index) => start + index * step);

test("what shrinks by one an hour and has ten left is gone in ten hours", () => {
  expect(free(line(12, 21, -1))).toBeCloseTo(NOW + 10 * HOUR, -3);
});

test("gaps do not change the pace", () => {
  const points = line(12, 21, -1).map((value, index) => (index % 3 === 1 ? null : value));
  expect(free(points)).toBeCloseTo(NOW + 10 * HOUR, -3);
});

test("a value that rises crosses from below", () => {
  const course = { points: line(10, 0, 0.05), stepMs: HOUR, threshold: 0.9, comparison: "above" } as const;
  expect(crossingAt(course, NOW)).toBeCloseTo(NOW + 9 * HOUR, -3);
});

test.each<[string, (number | null)[]]>([
  ["too few points", line(7, 10, -1)],
  ["the other way", line(12, 10, 1)],
  ["a level line", line(12, 10, 0)],
  ["up and down", [9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 8, 2]],
  ["farther off than a few times what was seen", line(12, 1_000, -1)],
  ["there already", line(12, 5, -1)],
  ["nothing", []],
])("%s: no time is told", (_, points) => {
  expect(free(points)).toBeNull();
});
