import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "./grid";
import { toBatch } from "./test-model";
import { collect, DAY_0, type Subject } from "./test-subject";

const MINUTE_MS = 60_000;

export function describeQueries({ store, series, createModel }: Subject): void {
  test("nothing measured is a gap, not a zero", async () => {
    const [one = 0, none = 0] = series(2);
    const times = [0, 1, 2, 6, 7].map((minute) => DAY_0 + minute * MINUTE_MS);
    store().write(toBatch(times.map((at, index) => ({ series: one, at, value: index }))));
    const range = await store().range({
      series: [one, none],
      from: DAY_0,
      to: DAY_0 + 8 * MINUTE_MS,
      maxPoints: 8,
    });
    expect(range).toMatchObject({ from: DAY_0, stepMs: MINUTE_MS, length: 8 });
    expect(range.series[0]?.avg).toEqual([0, 1, 2, null, null, null, 3, 4]);
    expect(range.series[1]?.max).toEqual(new Array(8).fill(null));
  });

  test.each([
    [HOUR_MS, 400, 10_000],
    [DAY_MS, 1_000, 2 * MINUTE_MS],
    [7 * DAY_MS, 400, 30 * MINUTE_MS],
    [30 * DAY_MS, 400, 2 * HOUR_MS],
    [365 * DAY_MS, 400, DAY_MS],
    [365 * DAY_MS, 60, 7 * DAY_MS],
    [DAY_MS - 1, 24, HOUR_MS],
    [10_000, 1_000, 1_000],
  ])("a window of %d ms in at most %d points has steps of %d ms", async (window, maxPoints, stepMs) => {
    const range = await store().range({ series: [], from: DAY_0, to: DAY_0 + window, maxPoints });
    expect(range.stepMs).toBe(stepMs);
  });

  test("a slow series gets no step shorter than its interval", async () => {
    const query = { series: [], from: DAY_0, to: DAY_0 + HOUR_MS, maxPoints: 5_000 };
    expect((await store().range({ ...query, minStepMs: 45_000 })).stepMs).toBe(MINUTE_MS);
  });

  test("days are 24 hours since the epoch, whatever a clock on a wall does", async () => {
    const [one = 0] = series(1);
    // Clocks change on 2027-03-28 in Europe, and between these days in America.
    const firstDay = Math.floor(Date.UTC(2027, 2, 10) / DAY_MS);
    const days = Array.from({ length: 25 }, (_, day) => (firstDay + day) * DAY_MS);
    store().write(toBatch(days.map((at, index) => ({ series: one, at: at + DAY_MS - 1, value: index }))));
    const range = await store().range({
      series: [one],
      from: days[0] ?? 0,
      to: (days.at(-1) ?? 0) + DAY_MS,
      maxPoints: 25,
    });
    expect(range).toMatchObject({ stepMs: DAY_MS, length: 25 });
    expect(range.series[0]?.avg).toEqual(days.map((_, index) => index));
  });

  test("a spike keeps its height at every step", async () => {
    const [one = 0] = series(1);
    const from = DAY_0 + 1_000 * DAY_MS;
    const samples = Array.from({ length: 4_000 }, (_, index) => ({
      series: one,
      at: from + index * 5 * MINUTE_MS,
      value: 1,
    }));
    const spike = { series: one, at: from + 7 * DAY_MS + 12_345, value: 1_000 };
    const dip = { series: one, at: from + 9 * DAY_MS + 54_321, value: -1_000 };
    store().write(toBatch([...samples, spike, dip]));
    await store().rollUp(from + 12 * DAY_MS);
    for (const maxPoints of [1, 2, 5, 14, 30, 100, 333, 1_000, 2_000, 5_000]) {
      const [line] = (await store().range({ series: [one], from, to: from + 14 * DAY_MS, maxPoints })).series;
      const heights = (line?.max ?? []).flatMap((value) => value ?? []);
      const depths = (line?.min ?? []).flatMap((value) => value ?? []);
      expect([Math.max(...heights), Math.min(...depths)], `${maxPoints} points`).toEqual([1_000, -1_000]);
    }
  });

  test("a window is half-open and has its figures and the last value", async () => {
    const ids = series(3);
    const model = createModel();
    model.write(
      store(),
      ids.flatMap((id) =>
        Array.from({ length: 300 }, (_, index) => ({
          series: id,
          at: DAY_0 + index * 10 * MINUTE_MS,
          value: Math.sin(id + index),
        })),
      ),
    );
    await store().rollUp(DAY_0 + 36 * HOUR_MS);
    for (const from of [0, 1, 10 * MINUTE_MS, HOUR_MS - 1, HOUR_MS, 25 * HOUR_MS]) {
      for (const to of [25 * HOUR_MS + 1, DAY_MS * 2, 49 * HOUR_MS + 7, DAY_MS * 30]) {
        await model.expectWindow(store(), { series: ids, from: DAY_0 + from, to: DAY_0 + to });
      }
    }
    await model.expectWindow(store(), { series: ids, from: DAY_0 + 50 * HOUR_MS, to: DAY_0 + DAY_MS * 30 });
  });

  test("top gives the largest first, at most so many, by the figure asked for", async () => {
    const [low = 0, high = 0, spiky = 0, none = 0] = series(4);
    const line = (id: number, values: number[]) =>
      values.map((value, index) => ({ series: id, at: DAY_0 + index, value }));
    store().write(toBatch([...line(low, [1, 2, 9]), ...line(high, [7, 8, 6]), ...line(spiky, [0, 100, -99])]));
    const query = { series: [low, none, high, spiky], from: DAY_0, to: DAY_0 + 10 };
    const topBy = async (by: "avg" | "max" | "last", limit: number) =>
      (await store().top({ ...query, by, limit })).map((summary) => summary.series);
    expect(await topBy("avg", 10)).toEqual([high, low, spiky]);
    expect(await topBy("max", 2)).toEqual([spiky, low]);
    expect(await topBy("last", 1)).toEqual([low]);
  });

  test("an export has every sample of the window, series by series, in order of time", async () => {
    const ids = series(2);
    const model = createModel();
    const samples = ids.flatMap((id) =>
      Array.from({ length: 12_000 }, (_, index) => ({ series: id, at: DAY_0 + ((index * 7) % 12_000), value: index })),
    );
    model.write(store(), samples);
    const expected = ids.flatMap((id) => model.samplesOf(id).slice(10, -10));
    expect(await collect(store(), { series: ids, from: DAY_0 + 10, to: DAY_0 + 12_000 - 10 })).toEqual(expected);
  });
}
