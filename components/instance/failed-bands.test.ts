import { expect, test } from "vitest";
import { failedBands } from "./failed-bands";

const up = (min: (number | null)[]) => ({
  from: 1_000,
  stepMs: 10,
  length: min.length,
  tierSeconds: 0,
  total: 1,
  lines: [{ series: 1, metric: "unity_collector_up", labels: {}, avg: min, min, max: min }],
});
const stretches = (min: (number | null)[]) => failedBands(up(min)).map(({ from, to }) => [from, to]);

test("failed runs in a row are one stretch", () => {
  expect(stretches([1, 0, 0, 1, 0])).toEqual([
    [1_010, 1_030],
    [1_040, 1_050],
  ]);
});

test("buckets without a run neither begin nor end one", () => {
  expect(stretches([null, 0, null, null, 0, null, 1])).toEqual([[1_010, 1_050]]);
});

test("nothing failed, nothing is marked", () => {
  expect(stretches([1, null, 1])).toEqual([]);
  expect(failedBands({ ...up([]), lines: [] })).toEqual([]);
});
