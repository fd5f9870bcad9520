import { expect, test } from "vitest";
import { extendRange } from "./extend-range";
import type { LiveMessage, Range } from "./outputs";

const line = (series: number, avg: (number | null)[]) => ({
  series,
  metric: "m",
  labels: {},
  avg,
  min: [...avg],
  max: [...avg],
});
const range = (avg: (number | null)[], stepMs = 10): Range => ({
  from: 100,
  stepMs,
  length: avg.length,
  tierSeconds: 0,
  total: 1,
  lines: [line(1, avg)],
});
const message = (at: number, value: number, series = 1): LiveMessage => ({
  at,
  series: [series],
  times: [at],
  values: [value],
  statuses: [],
  changed: false,
  alerts: false,
});

test("a sample within the window fills its bucket", () => {
  expect(extendRange(range([1, null, null]), message(115, 7), 10)).toMatchObject({
    from: 100,
    lines: [{ avg: [1, 7, null] }],
  });
});

test("a newer sample moves the window, and what was skipped is a gap", () => {
  const extended = extendRange(range([1, 2, 3]), message(150, 9), 10);
  expect(extended).toMatchObject({ from: 130, length: 3, lines: [{ avg: [null, null, 9], max: [null, null, 9] }] });
});

test("a jump beyond the window leaves only gaps behind", () => {
  expect(extendRange(range([1, 2]), message(10_000, 5), 10).lines[0]?.avg).toEqual([null, 5]);
});

test("samples of one bucket are averaged, with minimum and maximum", () => {
  const first = extendRange(range([null, null], 30), message(100, 2), 10);
  const second = extendRange(first, message(110, 4), 10);
  expect(second.lines[0]).toMatchObject({ avg: [3, null], min: [2, null], max: [4, null] });
});

test("other series and older samples change nothing", () => {
  const before = range([1, 2]);
  expect(extendRange(before, message(115, 5, 99), 10)).toBe(before);
  expect(extendRange(before, message(50, 5), 10)).toBe(before);
});
