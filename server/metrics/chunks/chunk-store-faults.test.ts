import { expect, onTestFinished, test, vi } from "vitest";
import type { SqlValue } from "../../db/sql-engine";
import { DAY_MS, HOUR_MS } from "../grid";
import { StoreUnavailable } from "../store";
import { createModel } from "../test-model";
import { collect, DAY_0 } from "../test-subject";
import { openChunkStore } from "./chunk-store";
import { open, rows, seals, withDatabase } from "./test-faulty-database";

test("a full disk loses nothing: samples wait, reading goes on, and they are written once there is room", async () => {
  await withDatabase(async (engine, disk) => {
    const store = await open(engine);
    store.write(rows(1, 100));
    await store.seal();
    disk.full = true;
    store.write(rows(1, 12_000, DAY_0 + 1_000));
    store.write(rows(2, 12_000));
    await expect(store.flush()).rejects.toThrow(StoreUnavailable);
    await expect(store.seal()).rejects.toThrow("disk is full");
    expect(await store.stats()).toMatchObject({ samples: 24_100, pending: 24_000 });
    const window = { series: [1, 2], from: DAY_0, to: DAY_0 + HOUR_MS };
    expect(await store.window(window)).toMatchObject([{ count: 12_100 }, { count: 12_000 }]);
    expect(store.latest([2])).toMatchObject([{ at: DAY_0 + 11_999 }]);
    disk.full = false;
    await store.flush();
    await store.close();
    const again = await open(engine);
    expect(await again.window(window)).toMatchObject([{ count: 12_100 }, { count: 12_000 }]);
    await again.close();
  });
});

test("what waits has a bound, and whoever writes hears of it", async () => {
  await withDatabase(async (engine, disk) => {
    const store = await open(engine);
    disk.full = true;
    for (let series = 1; series <= 10; series++) store.write(rows(series, 100_000));
    expect(() => store.write(rows(11, 1))).toThrow(StoreUnavailable);
    expect(store.latest([11])).toEqual([]);
    await expect(store.close()).rejects.toThrow(StoreUnavailable);
  });
});

test("raw samples of a series that is kept shorter are gone, and nobody else's", async () => {
  await withDatabase(async (engine) => {
    const store = await open(engine, 50);
    for (const id of [1, 2, 3]) store.write(rows(id, 1_000));
    await store.rollUp(DAY_0 + 10 * DAY_MS);
    const retention = { rawMs: 30 * DAY_MS, hourlyMs: 100 * DAY_MS, dailyMs: 150 * DAY_MS };
    expect(await store.prune(DAY_0 + 10 * DAY_MS, retention, new Map([[2, DAY_MS]]))).toBe(1_000);
    expect(store.usage?.().map(({ series, samples }) => [series, samples])).toEqual([
      [1, 1_000],
      [3, 1_000],
    ]);
    expect(store.latest([1, 2, 3]).map(({ series }) => series)).toEqual([1, 3]);
    await store.close();
  });
});

test("a series that is kept shorter is known to be so before anything of it is deleted, also at the second try", async () => {
  await withDatabase(async (engine, disk) => {
    const store = await open(engine, 50);
    for (const id of [1, 2]) store.write(rows(id, 1_000));
    await store.rollUp(DAY_0 + 10 * DAY_MS);
    const retention = { rawMs: 30 * DAY_MS, hourlyMs: 100 * DAY_MS, dailyMs: 150 * DAY_MS };
    const prune = () => store.prune(DAY_0 + 10 * DAY_MS, retention, new Map([[2, DAY_MS]]));
    disk.full = true;
    await expect(prune()).rejects.toThrow(StoreUnavailable);
    disk.full = false;
    await prune();
    await store.close();

    const again = await open(engine, 50);
    const query = { from: DAY_0, to: DAY_0 + DAY_MS, maxPoints: 100_000 };
    expect((await again.range({ ...query, series: [1] })).stepMs).toBe(1_000);
    const range = await again.range({ ...query, series: [2] });
    expect(range.stepMs).toBe(HOUR_MS);
    expect(range.series[0]?.max[0]).toBe(999);
    await again.close();
  });
});

test("a database that takes no samples is told of, from the first refusal until it takes them again", async () => {
  await withDatabase(async (engine, disk) => {
    let at = DAY_0;
    const store = await openChunkStore(engine, { name: "SQLite", now: () => at });
    const health = () => store.health?.();
    expect(health()).toMatchObject({ pending: 0, failing: null });
    disk.full = true;
    for (let round = 0; round < 3; round++) {
      store.write(rows(1, 10, DAY_0 + round * 10));
      await expect(store.flush()).rejects.toThrow(StoreUnavailable);
      expect(health()).toMatchObject({ pending: 10 + round * 10, failing: { since: DAY_0 } });
      at += 1_000;
    }
    disk.full = false;
    await store.flush();
    expect(health()).toMatchObject({ pending: 0, failing: null });
    await store.close();
  });
});

test("a database that does not answer at all is told of, too", async () => {
  await withDatabase(async (engine, disk) => {
    let at = DAY_0;
    let answer = () => {};
    const store = await openChunkStore(engine, { name: "SQLite", now: () => at });
    disk.before = () => new Promise<void>((resolve) => (answer = resolve));
    store.write(rows(1, 10));
    const flushing = store.flush();
    await expect.poll(() => disk.before && store.health?.().pending).toBe(10);
    at += 11_000;
    expect(store.health?.().failing).toMatchObject({ since: DAY_0 });
    disk.before = undefined;
    await expect.poll(() => answer()).toBeUndefined();
    await flushing;
    expect(store.health?.().failing).toBeNull();
    await store.close();
  });
});

test.each([
  ["was lost with the answer", "after"],
  ["never arrived", "before"],
] as const)("a seal whose transaction %s is finished the next time, without a sample twice", async (_, when) => {
  await withDatabase(async (engine, disk) => {
    const store = await open(engine, 10);
    const model = createModel();
    const query = { series: [1, 2], from: DAY_0, to: DAY_0 + HOUR_MS };
    const write = (from: number, count: number) =>
      model.write(
        store,
        Array.from({ length: count }, (_one, index) => ({
          series: 1 + (index % 2),
          at: DAY_0 + from + index,
          value: index,
        })),
      );
    write(0, 30);
    await store.seal();
    let failures = 0;
    for (let round = 1; round <= 5; round++) {
      write(round * 1_000, 7 * round);
      if (round % 2 === 0) write(round * 1_000 - 1_500, 5);
      disk[when] = (steps) => {
        if (!seals(steps)) return;
        failures++;
        throw new Error("connection lost");
      };
      // It may have sealed by itself meanwhile, and have met the failure then.
      await store.seal().catch(() => undefined);
      write(round * 1_000 + 500, 11);
      await model.expectWindow(store, query);
      await model.expectRange(store, { ...query, maxPoints: 10_000 });
      disk[when] = undefined;
      if (round % 2 === 1) await store.seal();
      await model.expectWindow(store, query);
    }
    await store.close();
    const again = await open(engine, 10);
    await model.expectWindow(again, query);
    await again.seal();
    expect(failures).toBeGreaterThanOrEqual(5);
    await model.expectWindow(again, query);
    expect(await collect(again, query)).toEqual([1, 2].flatMap((series) => model.samplesOf(series)));
    expect(await again.stats()).toMatchObject({ samples: model.samplesOf(1).length + model.samplesOf(2).length });
    await again.close();
  });
});

test("a store that could not be opened does nothing any more", async () => {
  await withDatabase(async (engine) => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const store = await open(engine);
    store.write(rows(1, 100));
    await store.close();
    const isEmpty = vi.getTimerCount();
    const refusing = {
      ...engine,
      query: (sql: string, params?: readonly SqlValue[]) =>
        sql.includes("as waiting") ? Promise.reject(new Error("connection lost")) : engine.query(sql, params),
    };
    await expect(open(refusing)).rejects.toThrow("connection lost");
    expect(vi.getTimerCount()).toBe(isEmpty);
  });
});

test("what is too old is gone also where its room cannot be given back now", async () => {
  await withDatabase(async (file) => {
    const store = await open({ ...file, reclaim: () => Promise.reject(new Error("canceled: statement timeout")) }, 50);
    store.write(rows(1, 100));
    await store.rollUp(DAY_0 + 10 * DAY_MS);
    const retention = { rawMs: DAY_MS, hourlyMs: 100 * DAY_MS, dailyMs: 150 * DAY_MS };
    expect(await store.prune(DAY_0 + 10 * DAY_MS, retention)).toBe(100);
    await store.close();
  });
});
