import { expect, test } from "vitest";
import { chooseGrid } from "../metrics/grid";
import type { RangeQuery } from "../metrics/store";
import { findPaceMs } from "./pace";

const NEWEST = 1_790_000_000_000;

/** A store in which each series has samples so many milliseconds apart. */
const storeOf = (gaps: readonly (readonly number[])[]) => ({
  latest: (series: readonly number[]) => series.map((one) => ({ series: one, at: NEWEST, value: 1 })),
  async range({ series, from, to, maxPoints }: RangeQuery) {
    const grid = chooseGrid({ from, to, maxPoints, minStepMs: 1_000 });
    const lines = series.map((one) => {
      const avg: (number | null)[] = Array(grid.length).fill(null);
      let at = NEWEST;
      for (const gap of [0, ...(gaps[one] ?? [])]) {
        at -= gap;
        avg[Math.floor((at - grid.from) / grid.stepMs)] = 1;
      }
      return { series: one, avg, min: avg, max: avg };
    });
    return { ...grid, tierSeconds: 0, series: lines };
  },
});

test.each([
  ["every second", [[1_000, 1_000, 1_000]], 1_000],
  ["every ten, one of them missing", [[10_000, 20_000, 10_000, 10_000]], 10_000],
  [
    "two series, the slower one",
    [
      [1_000, 1_000, 1_000],
      [15_000, 15_000],
    ],
    15_000,
  ],
  ["one sample", [[]], undefined],
])("%s", async (_, gaps, pace) => {
  expect(
    await findPaceMs(
      storeOf(gaps),
      gaps.map((_, series) => series),
    ),
  ).toBe(pace);
});

test("of no series nobody knows", async () => {
  expect(await findPaceMs(storeOf([]), [])).toBeUndefined();
});
