import { expect, test } from "vitest";
import { evaluateFigure } from "./figures";
import type { Figure } from "./outputs";

const figure = (rest: Partial<Figure>): Figure => ({
  title: "",
  unit: "ratio",
  combine: "max",
  series: [1, 2],
  max: 1,
  warn: 0.8,
  bad: 0.9,
  lowIsBad: false,
  staleAfterMs: 30_000,
  ...rest,
});
const latest = (...values: [number, number, number][]) =>
  new Map(values.map(([series, value, at]) => [series, { value, at }]));

test.each([
  ["max", 0.5],
  ["min", 0.25],
  ["sum", 0.75],
  ["avg", 0.375],
] as const)("combines by %s", (combine, value) => {
  expect(evaluateFigure(figure({ combine }), latest([1, 0.25, 100], [2, 0.5, 100]), 100).value).toBe(value);
});

test.each([
  [0.5, "ok"],
  [0.8, "warn"],
  [0.95, "bad"],
])("%d is %s", (value, tone) => {
  expect(evaluateFigure(figure({}), latest([1, value, 0]), 0).tone).toBe(tone);
});

test("where low is bad, the limits turn round", () => {
  const left = figure({ lowIsBad: true, warn: 30, bad: 7, unit: "seconds", max: null });
  expect(evaluateFigure(left, latest([1, 6, 0]), 0)).toMatchObject({ tone: "bad", fill: null });
  expect(evaluateFigure(left, latest([1, 90, 0]), 0).tone).toBe("ok");
});

test("a value that is too old is stale and has no colour", () => {
  expect(evaluateFigure(figure({}), latest([1, 0.99, 0]), 60_000)).toMatchObject({
    stale: true,
    tone: "unknown",
    value: 0.99,
  });
});

test("a series that went away does not hold the figure", () => {
  expect(evaluateFigure(figure({}), latest([1, 0.99, 0], [2, 0.1, 100_000]), 100_000).value).toBe(0.1);
});

test("a meter may run to another series", () => {
  expect(evaluateFigure(figure({ unit: "bytes", max: [9] }), latest([1, 50, 0], [9, 200, 0]), 0).fill).toBe(0.25);
});

test("nothing measured is unknown", () => {
  expect(evaluateFigure(figure({}), new Map(), 0)).toMatchObject({ value: null, tone: "unknown" });
});
