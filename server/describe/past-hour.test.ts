import { expect, test } from "vitest";
import { chooseGrid } from "../metrics/grid";
import type { MetricStore, RangeQuery } from "../metrics/store";
import { createPastHour } from "./past-hour";

const MINUTE = 60_000;
/** 13:17:05. */
const NOON = 1_795_526_225_000;

/** A store of arithmetic on the samples that it was given; remembers how many it had to look at. */
function fakeStore() {
  const samples: { series: number; at: number; value: number }[] = [];
  const store: Pick<MetricStore, "range"> & { read: number } = {
    read: 0,
    async range({ series, from, to, maxPoints, minStepMs = 1_000 }: RangeQuery) {
      const grid = chooseGrid({ from, to, maxPoints, minStepMs });
      const lines = series.map((id) => {
        const avg = Array.from({ length: grid.length }, (_, index) => {
          const start = grid.from + index * grid.stepMs;
          const own = samples.filter((one) => one.series === id && one.at >= start && one.at < start + grid.stepMs);
          store.read += own.length;
          return own.length === 0 ? null : own.reduce((sum, { value }) => sum + value, 0) / own.length;
        });
        return { series: id, avg, min: avg, max: avg };
      });
      return { ...grid, tierSeconds: 0, series: lines };
    },
  };
  const add = (series: number, at: number) => samples.push({ series, at, value: Math.sin(at) + series });
  return { store, add };
}

test("says the same as if the whole hour were read each time, and reads a fraction of it", async () => {
  const { store, add } = fakeStore();
  for (let at = NOON - 90 * MINUTE; at < NOON; at += 10_000) for (const series of [1, 2, 3]) add(series, at);
  const kept = createPastHour(store);
  await kept([1, 2], NOON);
  const hour = store.read;
  // Ordinary life, a series that comes and one that goes, pauses of minutes and of hours, a clock that is set back.
  const steps: [waitMs: number, series: number[]][] = [
    [5_000, [1, 2]],
    [61_000, [1, 2, 3]],
    [4 * MINUTE, [2, 3]],
    [0, [3, 2, 1]],
    [3 * 60 * MINUTE, [1, 2, 3]],
    [20 * MINUTE, [1, 2, 3]],
    [-30 * MINUTE, [1, 2]],
  ];
  let now = NOON;
  for (const [waitMs, series] of steps) {
    for (let at = now; at < now + waitMs; at += 10_000) for (const id of [1, 2, 3]) add(id, at);
    now += waitMs;
    // A run that took two minutes, told with the instant at which it began.
    add(2, now - 2 * MINUTE);
    store.read = 0;
    const answer = await kept(series, now);
    if (waitMs === 5_000) expect(store.read).toBeLessThan(hour / 10);
    expect(answer).toEqual(await createPastHour(store)(series, now));
    expect(answer.series[0]?.avg).toHaveLength(answer.length);
  }
});

test("asks nothing when nothing is shown", async () => {
  const { store } = fakeStore();
  expect((await createPastHour(store)([], NOON)).series).toEqual([]);
});
