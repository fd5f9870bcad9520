import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "./grid";
import { StoreUnavailable } from "./store";
import { type Sample, toBatch } from "./test-model";
import { collect, DAY_0, type Subject } from "./test-subject";

export function describeWriting({ store, restart, series, createModel }: Subject): void {
  const around = (samples: readonly Sample[]) => ({
    series: [...new Set(samples.map((sample) => sample.series))],
    from: Math.min(...samples.map(({ at }) => at)),
    to: Math.max(...samples.map(({ at }) => at)) + 1,
    maxPoints: 500,
  });

  test("a sample is there at once, for latest and for a range", async () => {
    const [one = 0] = series(1);
    const model = createModel();
    model.write(store(), [{ series: one, at: DAY_0, value: 1 }]);
    model.expectLatest(store(), [one]);
    await model.expectRange(store(), { series: [one], from: DAY_0, to: DAY_0 + 1_000, maxPoints: 10 });
  });

  test("latest is the newest by its instant, and leaves out what has none", () => {
    const [one = 0, none = 0] = series(2);
    store().write(toBatch([{ series: one, at: DAY_0 + 5, value: 1 }]));
    store().write(toBatch([{ series: one, at: DAY_0 + 4, value: 2 }]));
    expect(store().latest([none, one])).toEqual([{ series: one, at: DAY_0 + 5, value: 1 }]);
  });

  test("a sample that is there already is ignored: in a batch, across flushes and after a restart", async () => {
    const [one = 0] = series(1);
    const model = createModel();
    const first = { series: one, at: DAY_0, value: 1 };
    model.write(store(), [first, { ...first, value: 2 }]);
    model.write(store(), [{ ...first, value: 3 }]);
    await store().flush();
    model.write(store(), [{ ...first, value: 4 }]);
    await restart();
    model.write(store(), [{ ...first, value: 5 }]);
    model.expectLatest(store(), [one]);
    await model.expectWindow(store(), { series: [one], from: DAY_0, to: DAY_0 + 1 });
    expect(model.samplesOf(one)).toEqual([first]);
  });

  test.each([
    ["not a number", [DAY_0, DAY_0 + 1], [1, Number.NaN]],
    ["infinite", [DAY_0, DAY_0 + 1], [1, Number.POSITIVE_INFINITY]],
    ["at an instant that is not a number", [DAY_0, Number.NaN], [1, 2]],
    ["at a fraction of a millisecond", [DAY_0, DAY_0 + 0.5], [1, 2]],
    ["before 1970", [DAY_0, -1], [1, 2]],
    ["without an instant", [DAY_0], [1, 2]],
  ])("a sample %s is refused, and nothing of its batch is taken", async (_, at, value) => {
    const [one = 0] = series(1);
    expect(() => store().write({ series: [one, one], at, value })).toThrow(RangeError);
    expect(store().latest([one])).toEqual([]);
    expect(await store().window({ series: [one], from: DAY_0, to: DAY_0 + DAY_MS })).toEqual([]);
  });

  test("doubles come back bit by bit: negative, huge, tiny, long", async () => {
    const values = [-1.5, 1.7976931348623157e308, -1.7976931348623157e308, 5e-324, 0.1, 2 ** 53 - 1, 1 / 3, 0];
    const [one = 0] = series(1);
    const samples = values.map((value, index) => ({ series: one, at: DAY_0 + index, value }));
    store().write(toBatch(samples));
    await restart();
    const exported = await collect(store(), { series: [one], from: DAY_0, to: DAY_0 + HOUR_MS });
    expect(exported).toEqual(samples);
    const model = createModel();
    model.write(store(), samples);
    await model.expectRange(store(), around(samples));
    await model.expectRange(store(), { ...around(samples), minStepMs: HOUR_MS });
  });

  test("there is one zero, before and after a restart", async () => {
    const [one = 0] = series(1);
    store().write(toBatch([{ series: one, at: DAY_0, value: -0 }]));
    expect(store().latest([one])).toEqual([{ series: one, at: DAY_0, value: 0 }]);
    expect((await restart()).latest([one])).toEqual([{ series: one, at: DAY_0, value: 0 }]);
  });

  test("everything is there after a restart", async () => {
    const ids = series(3);
    const model = createModel();
    const samples = ids.flatMap((id) =>
      Array.from({ length: 500 }, (_, index) => ({ series: id, at: DAY_0 + index * 10_000, value: id * index })),
    );
    model.write(store(), samples);
    await restart();
    model.expectLatest(store(), ids);
    await model.expectRange(store(), around(samples));
    await model.expectWindow(store(), { series: ids, from: DAY_0, to: DAY_0 + DAY_MS });
  });

  test("what is pending is counted until it is durable, and a closed store takes nothing", async () => {
    const [one = 0] = series(1);
    await store().flush();
    store().write(toBatch([{ series: one, at: DAY_0, value: 1 }]));
    // Asked at once where that can be: a slow database may be slower than the flush window.
    expect(store().health?.().pending ?? (await store().stats()).pending).toBe(1);
    await store().flush();
    expect((await store().stats()).pending).toBe(0);
    const closing = store();
    await restart();
    expect(() => closing.write(toBatch([{ series: one, at: DAY_0 + 1, value: 1 }]))).toThrow(StoreUnavailable);
  });

  test("a forgotten series is gone, its neighbours are not, and it may begin anew", async () => {
    const [left = 0, gone = 0, right = 0] = series(3);
    const at = DAY_0 + 100 * DAY_MS;
    const model = createModel();
    const samples = [left, gone, right].map((id) => ({ series: id, at, value: id }));
    model.write(store(), samples);
    await store().rollUp(at + DAY_MS);
    store().write(toBatch([{ series: gone, at: at + 1, value: 0 }]));
    await store().forget([gone]);
    expect(store().latest([gone])).toEqual([]);
    await restart();
    expect(
      store()
        .latest([left, gone, right])
        .map((sample) => sample.series),
    ).toEqual([left, right]);
    for (const minStepMs of [1_000, HOUR_MS, DAY_MS]) {
      const range = await store().range({ ...around(samples), minStepMs });
      expect(range.series.map(({ max }) => max.find((value) => value !== null))).toEqual([left, undefined, right]);
    }
    store().write(toBatch([{ series: gone, at, value: 9 }]));
    expect(await store().window({ series: [gone], from: at, to: at + 1 })).toMatchObject([{ count: 1, last: 9 }]);
  });

  test("ping answers", async () => {
    await expect(store().ping()).resolves.toBeUndefined();
  });
}
