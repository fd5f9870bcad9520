import { expect, type TestContext, test } from "vitest";
import { DAY_MS, floorTo, HOUR_MS } from "./grid";
import type { MetricStore, Rollups, RollupTransfer } from "./store";
import { type Sample, toBatch } from "./test-model";
import { collect, DAY_0, type Subject } from "./test-subject";

type Bucket = readonly [at: number, count: number, sum: number, min: number, max: number, last: number];

function toRollups(series: number, tierSeconds: number, buckets: readonly Bucket[]): Rollups {
  const column = (index: 0 | 1 | 2 | 3 | 4 | 5) => Float64Array.from(buckets, (bucket) => bucket[index]);
  const [at, count, sum] = [column(0), column(1), column(2)];
  return { series, tierSeconds, at, count, sum, min: column(3), max: column(4), last: column(5) };
}

/** An hour of so many samples, each of them the same. */
const hourOf = (at: number, count: number, value: number): Bucket => [at, count, count * value, value, value, value];

export function describeTransfer({ store, restart, series, laterDay, createModel }: Subject): void {
  function rollupsOf(context: TestContext): RollupTransfer {
    const { rollups } = store();
    if (!rollups) return context.skip("This engine cannot give and take rollups.");
    return rollups;
  }
  async function exportOf(rollups: RollupTransfer, one: number, tierSeconds: 3_600 | 86_400) {
    const buckets: Bucket[] = [];
    for await (const { at, count, sum, min, max, last } of rollups.export({ series: [one], tierSeconds }))
      for (const [index, start] of at.entries())
        buckets.push([
          start,
          ...([count, sum, min, max, last].map((column) => column[index] ?? Number.NaN) as [
            number,
            number,
            number,
            number,
            number,
          ]),
        ]);
    return buckets;
  }

  test("hours and days come out as they were rolled up, and go in again without a sample", async (context) => {
    const [one = 0, other = 0] = series(2);
    const samples = Array.from({ length: 60 * 24 * 2 }, (_, minute) => ({
      series: one,
      at: DAY_0 + minute * 60_000,
      value: (minute * 7) % 100,
    }));
    store().write(toBatch(samples));
    await store().rollUp(DAY_0 + 3 * DAY_MS);
    const rollups = rollupsOf(context);
    const hours = await exportOf(rollups, one, 3_600);
    const days = await exportOf(rollups, one, 86_400);
    expect(hours.map(([at, count]) => [at, count])).toEqual(
      Array.from({ length: 48 }, (_, hour) => [DAY_0 + hour * HOUR_MS, 60]),
    );
    expect(days).toHaveLength(2);
    await rollups.import([toRollups(other, 3_600, hours), toRollups(other, 86_400, days)]);
    const question = { from: DAY_0, to: DAY_0 + 2 * DAY_MS, maxPoints: 48, minStepMs: HOUR_MS };
    const reopened = await restart();
    const range = await reopened.range({ ...question, series: [one, other] });
    expect({ ...range.series[1], series: one }).toEqual(range.series[0]);
    const [mine, theirs] = await reopened.window({ series: [one, other], from: DAY_0, to: DAY_0 + 2 * DAY_MS });
    expect({ ...theirs, series: one }).toEqual(mine);
    expect(reopened.latest([other])).toEqual([]);
  });

  test("of two buckets for one time the fuller is kept, however often they come", async (context) => {
    const rollups = rollupsOf(context);
    const [one = 0] = series(1);
    const at = DAY_0 - 40 * DAY_MS;
    await rollups.import([toRollups(one, 3_600, [hourOf(at, 10, 1), hourOf(at + HOUR_MS, 10, 2)])]);
    for (let round = 0; round < 2; round++)
      await rollups.import([
        toRollups(one, 3_600, [hourOf(at, 9, 3), hourOf(at + HOUR_MS, 11, 4), hourOf(at + 2 * HOUR_MS, 1, 5)]),
      ]);
    expect(await exportOf(rollups, one, 3_600)).toEqual([
      hourOf(at, 10, 1),
      hourOf(at + HOUR_MS, 11, 4),
      hourOf(at + 2 * HOUR_MS, 1, 5),
    ]);
  });

  test("tiers begin where they are told to, and never earlier again", async (context) => {
    const rollups = rollupsOf(context);
    await store().rollUp(DAY_0 + 3 * DAY_MS);
    const starts = { rawFrom: DAY_0 + 5 * HOUR_MS, hourlyFrom: DAY_0 - 50 * DAY_MS, dailyFrom: DAY_0 - 500 * DAY_MS };
    await rollups.beginAt(starts);
    await rollups.beginAt({ rawFrom: 0, hourlyFrom: 0, dailyFrom: 0 });
    expect(rollups.starts()).toEqual(starts);
    expect((await restart()).rollups?.starts()).toEqual(starts);
    const [late = 0] = series(1);
    store().write(toBatch([{ series: late, at: DAY_0, value: 1 }]));
    expect(store().latest([late])).toEqual([]);
  });

  test("a series that was kept shorter where it comes from answers as it did there, whatever comes in late", async (context) => {
    const rollups = rollupsOf(context);
    const [long = 0, short = 0] = series(2);
    const day = laterDay();
    const own = day + 3 * DAY_MS + 5 * HOUR_MS;
    const now = day + 6 * DAY_MS;
    const model = createModel();
    const all = [long, short].map((id) =>
      Array.from({ length: (now - day) / (30 * 60_000) }, (_, index) => ({
        series: id,
        at: day + index * 30 * 60_000 + id,
        value: Math.cos(index * id) * 100,
      })),
    );
    // The model has every sample of both; the store, of one of them, hours of what lies before its own.
    for (const samples of all) model.write(noStore, samples);
    store().write(toBatch(all.flat().filter(({ series: id, at }) => id === long || at >= own)));
    await store().rollUp(now);
    const before = (all[1] ?? []).filter(({ at }) => at < own);
    await rollups.import(
      [HOUR_MS, DAY_MS].map((unitMs) => toRollups(short, unitMs / 1_000, bucketsOf(before, unitMs))),
    );
    await rollups.import([toRollups(short, 86_400, bucketsOf(all[1] ?? [], DAY_MS))]);
    await rollups.beginAt({ rawFrom: 0, hourlyFrom: 0, dailyFrom: 0 }, new Map([[short, own]]));

    async function expectAll(opened: MetricStore): Promise<void> {
      expect(opened.rollups?.ownStarts?.().get(short)).toBe(own);
      expect(opened.rollups?.ownStarts?.().has(long)).toBe(false);
      for (const minStepMs of [30 * 60_000, HOUR_MS, 3 * HOUR_MS, DAY_MS])
        for (const asked of [[long], [short], [long, short]])
          for (const from of [day, own, day + 5 * DAY_MS])
            await model.expectRange(opened, { series: asked, from, to: now, maxPoints: 50_000, minStepMs });
      const fine = { from: day, to: now, maxPoints: 50_000 };
      expect((await opened.range({ ...fine, series: [long] })).stepMs).toBeLessThan(HOUR_MS);
      expect((await opened.range({ ...fine, series: [long, short] })).stepMs).toBe(HOUR_MS);
      expect((await opened.range({ ...fine, from: own, series: [short] })).stepMs).toBeLessThan(HOUR_MS);
      await model.expectWindow(opened, { series: [long, short], from: day, to: now });
      await model.expectWindow(opened, { series: [long, short], from: own + HOUR_MS, to: now - HOUR_MS });
    }
    await expectAll(store());
    // Into hours that the other has without their samples; what is from before its own is none of it.
    model.write(store(), [
      { series: long, at: day + 2 * DAY_MS + 7, value: 5_000 },
      { series: short, at: own + 7, value: 6_000 },
    ]);
    store().write(toBatch([{ series: short, at: own - HOUR_MS + 7, value: 7_000 }]));
    await expectAll(store());
    await store().rollUp(now + DAY_MS);
    await expectAll(await restart());
    const exported = await collect(store(), { series: [short], from: 0, to: now });
    expect(exported[0]?.at).toBeGreaterThanOrEqual(own);
    await store().forget([short]);
    expect(store().rollups?.ownStarts?.().has(short)).toBe(false);
    expect((await restart()).rollups?.ownStarts?.().has(short)).toBe(false);
  });
}

/** For samples that the model knows and the store does not. */
const noStore = { write: () => undefined };

/** Of samples in order of time. */
function bucketsOf(samples: readonly Sample[], unitMs: number): Bucket[] {
  const buckets = new Map<number, number[]>();
  for (const { at, value } of samples) {
    const start = floorTo(at, unitMs);
    buckets.set(start, [...(buckets.get(start) ?? []), value]);
  }
  return [...buckets].map(([at, values]) => {
    const sum = values.reduce((total, value) => total + value, 0);
    return [at, values.length, sum, Math.min(...values), Math.max(...values), values.at(-1) ?? 0];
  });
}
