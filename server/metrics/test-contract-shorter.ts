import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "./grid";
import type { Sample } from "./test-model";
import type { Subject } from "./test-subject";

const STEPS = [30 * 60_000, HOUR_MS, 3 * HOUR_MS, DAY_MS];
const RETENTION = { rawMs: 30 * DAY_MS, hourlyMs: 100 * DAY_MS, dailyMs: 150 * DAY_MS };

/** Series whose raw samples are kept shorter than all others'. An engine may keep them longer: only its answers are looked at. */
export function describeShorter({ store, restart, series, laterDay, createModel }: Subject): void {
  const everyTwoHours = (id: number, from: number, to: number): Sample[] =>
    Array.from({ length: (to - from) / (2 * HOUR_MS) }, (_, index) => ({
      series: id,
      at: from + index * 2 * HOUR_MS + id,
      value: Math.cos(index) * 100,
    }));

  test("its hours and days stay, its neighbours keep their raw samples, also after a restart", async () => {
    const ids = series(3);
    const [first = 0, short = 0, last = 0] = ids;
    const day = laterDay();
    const now = day + 20 * DAY_MS;
    const model = createModel();
    for (const id of ids) model.write(store(), everyTwoHours(id, day, now));
    await store().rollUp(now);
    await store().prune(now, RETENTION, new Map([[short, 3 * DAY_MS]]));

    for (const open of [async () => store(), restart]) {
      const opened = await open();
      const back = (days: number) => ({ from: now - days * DAY_MS, to: now, maxPoints: 50_000 });
      for (const minStepMs of STEPS) {
        for (const asked of [[first], [short], [last], [first, short]]) {
          await model.expectRange(opened, { ...back(20), series: asked, minStepMs });
          await model.expectRange(opened, { ...back(3), series: asked, minStepMs });
        }
      }
      // What its raw samples are not needed for is as fine as before.
      expect((await opened.range({ ...back(20), series: [first, last] })).stepMs).toBeLessThan(HOUR_MS);
      expect((await opened.range({ ...back(3), series: [short] })).stepMs).toBeLessThan(HOUR_MS);
      await model.expectWindow(opened, { ...back(20), series: [short] });
      await model.expectWindow(opened, { ...back(2), series: [first, short, last] });
      model.expectLatest(opened, ids);
    }
  });

  test("late samples find their way into its hours, those from before its raw samples are none of it", async () => {
    const [long = 0, short = 0] = series(2);
    const day = laterDay();
    const now = day + 10 * DAY_MS;
    const model = createModel();
    for (const id of [long, short]) model.write(store(), everyTwoHours(id, day, now));
    await store().rollUp(now);
    await store().prune(now, RETENTION, new Map([[short, 5 * DAY_MS]]));
    model.write(store(), [
      { series: short, at: now - 4 * DAY_MS + 5, value: 5_000 },
      { series: long, at: now - 9 * DAY_MS + 5, value: -5_000 },
    ]);
    const query = { from: day, to: now, maxPoints: 50_000 };
    for (const minStepMs of STEPS) await model.expectRange(store(), { ...query, series: [long, short], minStepMs });
    await store().rollUp(now + DAY_MS);
    await restart();
    for (const minStepMs of STEPS) await model.expectRange(store(), { ...query, series: [long, short], minStepMs });
  });

  test("kept as long as the others again, it grows into it", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    const model = createModel();
    model.write(store(), everyTwoHours(one, day, day + 12 * DAY_MS));
    await store().rollUp(day + 10 * DAY_MS);
    await store().prune(day + 10 * DAY_MS, RETENTION, new Map([[one, 2 * DAY_MS]]));
    for (const later of [12, 39, 60]) {
      const now = day + later * DAY_MS;
      model.write(store(), everyTwoHours(one, now - DAY_MS, now));
      await store().rollUp(now);
      await store().prune(now, RETENTION);
      await restart();
      const query = { series: [one], from: day, to: now, maxPoints: 50_000 };
      for (const minStepMs of STEPS) await model.expectRange(store(), { ...query, minStepMs });
    }
  });

  test("a series that is forgotten and begins anew has all of its samples", async () => {
    const [one = 0] = series(1);
    const day = laterDay();
    store().write({ series: [one], at: [day], value: [1] });
    await store().rollUp(day + 10 * DAY_MS);
    await store().prune(day + 10 * DAY_MS, RETENTION, new Map([[one, DAY_MS]]));
    await store().forget([one]);
    await restart();
    const model = createModel();
    model.write(store(), everyTwoHours(one, day + 5 * DAY_MS, day + 6 * DAY_MS));
    await model.expectRange(store(), { series: [one], from: day, to: day + 7 * DAY_MS, maxPoints: 50_000 });
  });
}
