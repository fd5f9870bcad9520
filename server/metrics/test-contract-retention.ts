import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "./grid";
import type { MetricStore } from "./store";
import { type Sample, toBatch } from "./test-model";
import type { Subject } from "./test-subject";

const MINUTE_MS = 60_000;
const STEPS = [MINUTE_MS, HOUR_MS, 3 * HOUR_MS, DAY_MS, 7 * DAY_MS];

export function describeRetention({ store, restart, series, laterDay, createModel }: Subject): void {
  const every = (stepMs: number, { series: id, from, to }: { series: number; from: number; to: number }): Sample[] =>
    Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => ({
      series: id,
      at: from + index * stepMs,
      value: Math.sin(index) * 100,
    }));
  const atSteps = async (steps: readonly number[], check: (minStepMs: number) => Promise<unknown>) => {
    for (const step of steps) await check(step);
  };
  const lastOf = async (opened: MetricStore, query: { series: number; from: number; to: number; minStepMs: number }) =>
    (await opened.range({ ...query, series: [query.series], maxPoints: 100_000 })).series[0]?.max.at(-1);

  test("samples on the edge of an hour and a day fall into the right one, rolled up or not", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const model = createModel();
    const edges = [day, day + HOUR_MS, day + 5 * HOUR_MS, day + DAY_MS, day + 7 * DAY_MS];
    model.write(
      store(),
      edges.flatMap((at, index) => [-1, 0, 1].map((off) => ({ series: one, at: at + off, value: index * 10 + off }))),
    );
    const query = { series: [one], from: day - DAY_MS, to: day + 8 * DAY_MS, maxPoints: 20_000 };
    await atSteps(STEPS, (minStepMs) => model.expectRange(store(), { ...query, minStepMs }));
    await store().rollUp(day + 9 * DAY_MS);
    await atSteps(STEPS, (minStepMs) => model.expectRange(store(), { ...query, minStepMs }));
  });

  test("the newest sample is there at every tier, whatever is rolled up", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const now = day + 20 * DAY_MS + 5 * HOUR_MS + 17 * MINUTE_MS;
    store().write(toBatch(every(10 * MINUTE_MS, { series: one, from: day, to: now })));
    store().write(toBatch([{ series: one, at: now, value: 1_000 }]));
    for (const rolledUp of [day, day + 3 * DAY_MS + HOUR_MS, now]) {
      await store().rollUp(rolledUp);
      await atSteps(STEPS, async (minStepMs) =>
        expect(await lastOf(store(), { series: one, from: day, to: now + 1, minStepMs })).toBe(1_000),
      );
    }
  });

  test("late samples find their way into hours and days that are rolled up, also across a restart", async () => {
    const [one = 0, other = 0] = series(2);
    const day = laterDay();
    const model = createModel();
    model.write(store(), every(10 * MINUTE_MS, { series: one, from: day, to: day + 3 * DAY_MS }));
    await store().rollUp(day + 3 * DAY_MS);
    const query = { series: [one, other], from: day, to: day + 3 * DAY_MS, maxPoints: 10_000 };
    const check = () => atSteps(STEPS, (minStepMs) => model.expectRange(store(), { ...query, minStepMs }));
    model.write(store(), [
      { series: one, at: day + 90 * MINUTE_MS + 1, value: 5_000 },
      { series: other, at: day + DAY_MS + 1, value: -5_000 },
    ]);
    await check();
    await restart();
    await check();
    await store().rollUp(day + 3 * DAY_MS + HOUR_MS);
    await check();
  });

  test("samples that come in while it rolls up are not lost to the rollup", async () => {
    const ids = series(20);
    const day = laterDay();
    const model = createModel();
    const now = day + 2 * DAY_MS;
    for (const id of ids) model.write(store(), every(10 * MINUTE_MS, { series: id, from: day, to: now }));
    const rolling = store().rollUp(now);
    for (let round = 0; round < 30; round++) {
      model.write(
        store(),
        ids.map((id) => ({ series: id, at: day + round * 97 * MINUTE_MS + 1, value: 1_000 + round })),
      );
      await store().flush();
    }
    await rolling;
    await store().rollUp(now);
    const query = { series: ids, from: day, to: now, maxPoints: 10_000 };
    await atSteps([HOUR_MS, DAY_MS], (minStepMs) => model.expectRange(store(), { ...query, minStepMs }));
  });

  test("rolling up again changes nothing", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    store().write(toBatch(every(10 * MINUTE_MS, { series: one, from: day, to: day + 2 * DAY_MS })));
    const query = { series: [one], from: day, to: day + 2 * DAY_MS, maxPoints: 50, minStepMs: HOUR_MS };
    await store().rollUp(day + 2 * DAY_MS);
    const first = await store().range(query);
    await store().rollUp(day + 2 * DAY_MS);
    await store().rollUp(day);
    expect(await store().range(query)).toEqual(first);
  });

  // Before the first test that prunes: after it, 1970 lies before what is kept.
  test("a clock that once stood at 1970 is no lasting harm", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const model = createModel();
    model.write(store(), [{ series: one, at: 1_000, value: 1 }]);
    model.write(store(), every(HOUR_MS, { series: one, from: day, to: day + DAY_MS }));
    await store().rollUp(day + 2 * DAY_MS);
    await model.expectRange(store(), { series: [one], from: 0, to: day + DAY_MS, maxPoints: 500 });
    await model.expectRange(store(), { series: [one], from: day, to: day + DAY_MS, maxPoints: 24 });
  });

  test("what was not rolled up is never dropped", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const model = createModel();
    model.write(store(), every(HOUR_MS, { series: one, from: day, to: day + 3 * DAY_MS }));
    await store().rollUp(day + DAY_MS);
    await store().prune(day + 100 * DAY_MS, { rawMs: DAY_MS, hourlyMs: 50 * DAY_MS, dailyMs: 500 * DAY_MS });
    const query = { series: [one], from: day + DAY_MS, to: day + 3 * DAY_MS, maxPoints: 10_000 };
    await atSteps(STEPS, (minStepMs) => model.expectRange(store(), { ...query, minStepMs }));
  });

  test("each tier keeps what it is told: raw samples, then hours, then days", async () => {
    const [one = 0, ended = 0] = series(2);
    const day = laterDay();
    const now = day + 200 * DAY_MS;
    const model = createModel();
    model.write(store(), every(2 * HOUR_MS, { series: one, from: day, to: now }));
    model.write(store(), [{ series: ended, at: day + 1, value: 7 }]);
    await store().rollUp(now);
    const before = (await store().stats()).samples;
    const dropped = await store().prune(now, { rawMs: 30 * DAY_MS, hourlyMs: 100 * DAY_MS, dailyMs: 150 * DAY_MS });
    expect(dropped).toBeGreaterThan(170 * 12);
    expect((await store().stats()).samples).toBeLessThanOrEqual(before - 170 * 12);
    expect(store().latest([ended])).toEqual([]);

    for (const open of [async () => store(), restart]) {
      const opened = await open();
      expect(opened.latest([ended])).toEqual([]);
      const back = (days: number) => ({ series: [one], from: now - days * DAY_MS, to: now, maxPoints: 50_000 });
      expect((await opened.range(back(30))).stepMs).toBe(MINUTE_MS);
      await model.expectRange(opened, { ...back(30), maxPoints: 1_000 });
      expect((await opened.range(back(100))).stepMs).toBe(HOUR_MS);
      await model.expectRange(opened, back(100));
      expect((await opened.range(back(150))).stepMs).toBe(DAY_MS);
      await model.expectRange(opened, back(150));
      const [older] = (await opened.range({ ...back(200), to: now - 151 * DAY_MS })).series;
      expect(older?.max.every((value) => value === null)).toBe(true);
      // Windows that begin and end in raw samples, in hours and in days.
      const windows = [
        [30, 0],
        [90, 0],
        [90, 60],
        [150, 0],
        [150, 50],
        [140, 120],
      ] as const;
      for (const [from, to] of windows) {
        await model.expectWindow(opened, { series: [one], from: now - from * DAY_MS, to: now - to * DAY_MS });
      }
    }
  });

  test("hours are kept as long as raw samples are, because late ones need them", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const now = day + 10 * DAY_MS;
    const model = createModel();
    model.write(store(), every(HOUR_MS, { series: one, from: day, to: now }));
    await store().rollUp(now);
    await store().prune(now, { rawMs: 30 * DAY_MS, hourlyMs: DAY_MS, dailyMs: DAY_MS });
    model.write(store(), [{ series: one, at: day + 2 * DAY_MS + 1, value: 5_000 }]);
    await store().rollUp(now);
    const query = { series: [one], from: day, to: now, maxPoints: 1_000 };
    await atSteps([HOUR_MS, DAY_MS], (minStepMs) => model.expectRange(store(), { ...query, minStepMs }));
  });

  test("a sample from before the raw samples that are kept is ignored", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const model = createModel();
    model.write(store(), every(HOUR_MS, { series: one, from: day, to: day + 5 * DAY_MS }));
    await store().rollUp(day + 5 * DAY_MS);
    await store().prune(day + 5 * DAY_MS, { rawMs: DAY_MS, hourlyMs: 50 * DAY_MS, dailyMs: 500 * DAY_MS });
    const [late = 0] = series(1);
    store().write(toBatch([one, late].map((id) => ({ series: id, at: day + 1, value: 9_999 }))));
    expect(store().latest([late])).toEqual([]);
    const query = { series: [one, late], from: day, to: day + 5 * DAY_MS, maxPoints: 1_000 };
    await model.expectRange(store(), query);
    await store().rollUp(day + 6 * DAY_MS);
    await model.expectRange(store(), query);
  });

  test("the last value of a window is from before its end, also where raw samples are gone", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const end = day + 10 * DAY_MS + 10 * HOUR_MS;
    const model = createModel();
    model.write(store(), [
      { series: one, at: day + HOUR_MS, value: 1 },
      { series: one, at: end + 45 * MINUTE_MS, value: 2 },
    ]);
    await store().rollUp(day + 11 * DAY_MS);
    await store().prune(day + 11 * DAY_MS, { rawMs: 5 * DAY_MS, hourlyMs: 50 * DAY_MS, dailyMs: 500 * DAY_MS });
    await model.expectWindow(store(), { series: [one], from: day, to: end + 30 * MINUTE_MS });
  });

  test("the count of samples is the same before and after rolling up, and the oldest is known", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    await store().prune(day, { rawMs: 0, hourlyMs: DAY_MS, dailyMs: DAY_MS });
    const before = (await store().stats()).samples;
    store().write(toBatch(every(MINUTE_MS, { series: one, from: day + HOUR_MS, to: day + 2 * DAY_MS })));
    await store().flush();
    expect((await store().stats()).samples - before).toBe(47 * 60);
    await store().rollUp(day + 2 * DAY_MS + HOUR_MS);
    store().write(toBatch([{ series: one, at: day + HOUR_MS + 1, value: 1 }]));
    await store().flush();
    const stats = await store().stats();
    expect(stats.samples - before).toBe(47 * 60 + 1);
    expect(stats.bytes).toBeGreaterThan(0);
  });
}
