import { expect, test } from "vitest";
import { type BucketRow, toColumns, toSummaries } from "./columns";

const grid = { from: 0, stepMs: 1_000, length: 2 };

test("buckets of two tiers are one bucket", () => {
  const rows: BucketRow[] = [
    [1, 0, 2, 10, 4, 6],
    [1, 0, 1, 2, 2, 2],
  ];
  expect(toColumns([1], grid, rows)).toEqual([{ series: 1, avg: [4, null], min: [2, null], max: [6, null] }]);
});

test("sums beyond a double still give an average between minimum and maximum", () => {
  const rows: BucketRow[] = [
    [1, 0, 2, Number.POSITIVE_INFINITY, 1e308, 1.7e308],
    [1, 0, 2, Number.NEGATIVE_INFINITY, -1.7e308, -1e308],
  ];
  expect(toColumns([1], grid, rows)[0]?.avg[0]).toBe(0);
  expect(toSummaries([1], rows, new Map())).toMatchObject([{ avg: 0, min: -1.7e308, max: 1.7e308 }]);
});

test("rows outside the grid, or of a series nobody asked for, are left out", () => {
  const rows: BucketRow[] = [
    [1, 2_000, 1, 1, 1, 1],
    [2, 0, 1, 1, 1, 1],
  ];
  expect(toColumns([1], grid, rows)).toEqual([{ series: 1, avg: [null, null], min: [null, null], max: [null, null] }]);
});
