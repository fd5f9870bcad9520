import { expect, type TestContext, test } from "vitest";
import { DAY_MS, HOUR_MS } from "./grid";
import type { Rollups, RollupTransfer } from "./store";
import { toBatch } from "./test-model";
import { DAY_0, type Subject } from "./test-subject";

type Bucket = readonly [at: number, count: number, sum: number, min: number, max: number, last: number];

function toRollups(series: number, tierSeconds: number, buckets: readonly Bucket[]): Rollups {
  const column = (index: 0 | 1 | 2 | 3 | 4 | 5) => Float64Array.from(buckets, (bucket) => bucket[index]);
  const [at, count, sum] = [column(0), column(1), column(2)];
  return { series, tierSeconds, at, count, sum, min: column(3), max: column(4), last: column(5) };
}

/** An hour of so many samples, each of them the same. */
const hourOf = (at: number, count: number, value: number): Bucket => [at, count, count * value, value, value, value];

export function describeTransfer({ store, restart, series }: Subject): void {
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
}
