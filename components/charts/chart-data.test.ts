import { expect, test } from "vitest";
import {
  type ChartLine,
  extent,
  figuresOf,
  hasSpread,
  instants,
  isEmpty,
  lonePoints,
  stack,
  topLines,
} from "./chart-data";

const line = (avg: (number | null)[], spread = 0, key = "a"): ChartLine => ({
  key,
  label: key,
  avg,
  min: avg.map((value) => value && value - spread),
  max: avg.map((value) => value && value + spread),
});

test("a line's figures come from its buckets, gaps left out", () => {
  expect(figuresOf(line([1, null, 3, null], 0.5))).toEqual({ last: 3, min: 0.5, avg: 2, max: 3.5 });
  expect(figuresOf(line([null]))).toEqual({ last: null, min: null, avg: null, max: null });
});

test("the top lines are those with the highest average, in the order given", () => {
  const lines = [line([1], 0, "low"), line([9], 0, "high"), line([null], 0, "none"), line([5], 0, "mid")];
  expect(topLines(lines, 2).map(({ key }) => key)).toEqual(["high", "mid"]);
  expect(topLines(lines, 4)).toBe(lines);
});

test("a spread is there only where buckets hold different samples", () => {
  expect(hasSpread([line([1, 2])])).toBe(false);
  expect(hasSpread([line([1, null, 2], 1)])).toBe(true);
});

test("a chart without one measurement is empty", () => {
  expect(isEmpty([])).toBe(true);
  expect(isEmpty([line([null, null])])).toBe(true);
  expect(isEmpty([line([null]), line([0])])).toBe(false);
});

test("instants are the starts of buckets", () => {
  expect(instants(1_000, 10, 3)).toEqual([1_000, 1_010, 1_020]);
});

test("a stack adds up, and a gap of all is a gap of the stack", () => {
  expect(stack([line([1, null, null]), line([2, 3, null])])).toEqual([
    [1, 0, null],
    [3, 3, null],
  ]);
});

test("the extent takes the band in when it is drawn", () => {
  expect(extent([line([2, null, 4], 1)], false)).toEqual({ low: 2, high: 4 });
  expect(extent([line([2, null, 4], 1)], true)).toEqual({ low: 1, high: 5 });
  expect(extent([line([null])], true)).toBeNull();
});

test("a point between gaps is lone", () => {
  expect(lonePoints([1, null, 2, null, 3, 4])).toEqual([0, 2]);
});
