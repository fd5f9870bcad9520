import { expect, test } from "vitest";
import { type Buckets, increaseOf, quantileOf } from "./histogram";

const INF = Number.POSITIVE_INFINITY;
const buckets: Buckets = [
  [0.1, 50],
  [0.5, 90],
  [1, 99],
  [INF, 100],
];

test.each([
  [0, 0],
  [0.25, 0.05],
  [0.5, 0.1],
  [0.7, 0.3],
  [0.9, 0.5],
  [0.99, 1],
  // Above the highest bound nobody knows more.
  [1, 1],
])("the quantile %d is %d, as histogram_quantile says", (quantile, value) => {
  expect(quantileOf(buckets, quantile)).toBeCloseTo(value, 12);
});

test("bounds below zero, and buckets that say nothing", () => {
  expect(
    quantileOf(
      [
        [-1, 10],
        [0, 20],
        [INF, 20],
      ],
      0.75,
    ),
  ).toBeCloseTo(-0.5, 12);
  expect(
    quantileOf(
      [
        [-1, 10],
        [INF, 10],
      ],
      0.5,
    ),
  ).toBe(-1);
  expect(quantileOf([[INF, 10]], 0.5)).toBeUndefined();
  expect(quantileOf([], 0.5)).toBeUndefined();
});

test("quantiles are of what came in since the last run; a restart begins anew", () => {
  expect(increaseOf(buckets, [40, 80, 89, 90])).toEqual([
    [0.1, 10],
    [0.5, 10],
    [1, 10],
    [INF, 10],
  ]);
  expect(increaseOf(buckets, [50, 90, 99, 100])).toBeUndefined();
  expect(increaseOf(buckets, undefined)).toBeUndefined();
  expect(increaseOf(buckets, [60, 95, 105, 106])).toEqual(buckets);
  // Other bounds are another histogram.
  expect(increaseOf(buckets, [1, 2])).toBeUndefined();
});
