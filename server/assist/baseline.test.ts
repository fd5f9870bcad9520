import fc from "fast-check";
import { expect, test } from "vitest";
import { findBaseline } from "./baseline";
import { findFullIn } from "./bundle/forecast-section";
import { type Columns, fitLine, measureCourse, measuredSeconds, median, trendOf } from "./measure-course";

const HOUR_MS = 3_600_000;
const AT = Date.UTC(2026, 10, 24, 12);

const columnsOf = (values: readonly (number | null)[], stepMs = HOUR_MS): Columns => ({
  from: AT - values.length * stepMs,
  stepMs,
  ...{ avg: values, min: values, max: values },
});
const hours = (count: number, value: (hoursAgo: number) => number | null) =>
  columnsOf(Array.from({ length: count }, (_, index) => value(count - index)));

test("what is usual at an hour is told by that hour of the days before, not by the others", () => {
  // A backup each noon: 90 then, 10 otherwise.
  const days = hours(14 * 24, (ago) => (ago % 24 <= 2 || ago % 24 >= 23 ? 90 : 10));
  expect(findBaseline(days, AT)).toMatchObject({ median: 90, spread: 0, days: 14 });
  expect(findBaseline(days, AT - 6 * HOUR_MS)).toMatchObject({ median: 10 });
});

test("one strange day changes neither the middle nor the spread much", () => {
  const days = hours(7 * 24, (ago) =>
    ago > 2 * 24 - 12 && ago < 3 * 24 - 12 ? 1_000 : 20 + (Math.floor(ago / 24) % 3),
  );
  const found = findBaseline(days, AT);
  expect(found?.median).toBeLessThan(23);
  expect(found?.spread).toBeLessThan(2);
});

test("with fewer than three days nobody knows what is usual", () => {
  expect(
    findBaseline(
      hours(2 * 24, () => 5),
      AT,
    ),
  ).toBeUndefined();
  expect(
    findBaseline(
      hours(14 * 24, () => null),
      AT,
    ),
  ).toBeUndefined();
});

test("a line goes through what is one, whatever its slope", () => {
  fc.assert(
    fc.property(fc.double({ min: -100, max: 100, noNaN: true }), fc.integer({ min: 4, max: 200 }), (perHour, count) => {
      const line = fitLine(hours(count, (ago) => 7 - perHour * ago));
      expect((line?.slope ?? 0) * HOUR_MS).toBeCloseTo(perHour, 6);
    }),
  );
});

test("too few points have no line, and gaps are no points", () => {
  expect(fitLine(columnsOf([1, 2, 3]))).toBeUndefined();
  expect(fitLine(columnsOf([1, null, 3, null, null, 2]))).toBeUndefined();
  expect(trendOf(columnsOf([]))).toEqual({ direction: "unknown", perHour: null });
});

test.each([
  ["rising", (ago: number) => 100 - ago],
  ["falling", (ago: number) => 100 + ago],
  ["steady", () => 100],
  // The ups and downs of a day are no trend, wherever the window begins.
  ["steady", (ago: number) => 100 + 30 * Math.sin((ago / 24) * 2 * Math.PI)],
  ["steady", (ago: number) => 100 + 30 * Math.cos((ago / 24) * 2 * Math.PI)],
  ["steady", (ago: number) => 100 + (ago % 2)],
] as const)("a course is %s", (direction, value) => {
  expect(trendOf(hours(24, value)).direction).toBe(direction);
});

test("a course has its extremes and when the highest was, as far as anything was measured", () => {
  expect(measureCourse(columnsOf([1, null, 9, 2]))).toMatchObject({ min: 1, avg: 4, max: 9, maxAt: AT - 2 * HOUR_MS });
  expect(measureCourse(columnsOf([null]))).toMatchObject({ min: null, avg: null, max: null, maxAt: null });
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([5])]).toEqual([2, 2.5, 5]);
});

test("a disk is full when what is free is used up at its pace, and the band holds that day", () => {
  const full = findFullIn(120, [hours(24, (ago) => 120 + (20 * ago) / 24 + (ago % 2))]);
  expect(full?.days).toBeCloseTo(6, 0);
  expect(full?.soonest).toBeLessThan(full?.days ?? 0);
  expect(full?.latest).toBeGreaterThan(full?.days ?? 0);
});

test("of a burst and a slow growth the sooner end counts; what gains room is never full", () => {
  const slow = hours(7 * 24, (ago) => 100 + ago / 24);
  const burst = hours(24, (ago) => 100 + ago);
  expect(findFullIn(100, [slow, burst])?.days).toBeCloseTo(100 / 24, 1);
  expect(findFullIn(100, [slow])?.days).toBeCloseTo(100, 0);
  expect(findFullIn(100, [hours(24, (ago) => 100 - ago)])).toBeUndefined();
  expect(findFullIn(100, [hours(24, (ago) => 100 + 5 * Math.sin((ago / 24) * 2 * Math.PI))])).toBeUndefined();
});

test("a course is as long as it was measured, not as was asked for", () => {
  expect(measuredSeconds(columnsOf([null, null, 3, null, 4]))).toBe(3 * 3_600);
  expect(measuredSeconds(columnsOf([1, 2]))).toBe(2 * 3_600);
  expect(measuredSeconds(columnsOf([null, null]))).toBe(0);
});
