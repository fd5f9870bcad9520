import { expect, test } from "vitest";
import type { Step } from "../../db/sql-engine";
import { DAY_MS, HOUR_MS } from "../grid";
import { createModel } from "../test-model";
import { collect, DAY_0 } from "../test-subject";
import { open, rows, seals, withDatabase } from "./test-faulty-database";

test("samples that come in while their series is sealed, late ones and twice the same, are there once", async () => {
  await withDatabase(async (engine, disk) => {
    const store = await open(engine, 50);
    const model = createModel();
    const sampleAt = (at: number, value: number) => ({ series: 1, at: DAY_0 + at, value });
    model.write(
      store,
      [10, 20, 30].map((at) => sampleAt(at, at)),
    );
    await store.seal();
    const query = { series: [1], from: DAY_0, to: DAY_0 + DAY_MS };
    const meanwhile = (base: number) => async (steps: readonly Step[]) => {
      if (!seals(steps)) return;
      model.write(store, [sampleAt(base, base), sampleAt(5, 5), sampleAt(base + 1, 1), sampleAt(20, 99)]);
      await model.expectRange(store, { ...query, maxPoints: 10_000 });
      await model.expectWindow(store, query);
    };
    for (const base of [100, 200, 300]) {
      model.write(store, [sampleAt(base, 1), sampleAt(base - 60, 2)]);
      disk.before = meanwhile(base);
      disk.after = meanwhile(base + 10);
      await store.seal();
      disk.before = undefined;
      disk.after = undefined;
      await model.expectWindow(store, query);
      expect(await collect(store, query)).toEqual(model.samplesOf(1));
    }
    await store.seal();
    await store.close();
    const again = await open(engine);
    await model.expectWindow(again, query);
    expect(await again.stats()).toMatchObject({ samples: model.samplesOf(1).length });
    await again.close();
  });
});

test("sealing that fails leaves everything as it was", async () => {
  await withDatabase(async (engine, disk) => {
    const store = await open(engine, 50);
    const model = createModel();
    model.write(
      store,
      [1, 2, 3].map((at) => ({ series: 1, at: DAY_0 + at * 1_000, value: at })),
    );
    await store.flush();
    disk.before = (steps) => {
      if (!seals(steps)) return;
      model.write(store, [{ series: 1, at: DAY_0 + 1_500, value: 7 }]);
      throw new Error("no room");
    };
    await expect(store.seal()).rejects.toThrow("no room");
    disk.before = undefined;
    const query = { series: [1], from: DAY_0, to: DAY_0 + HOUR_MS };
    await model.expectWindow(store, query);
    await store.close();
    const again = await open(engine);
    await model.expectWindow(again, query);
    await again.seal();
    await model.expectWindow(again, query);
    await again.close();
  });
});

test("batches go once everything in them is in chunks", async () => {
  await withDatabase(async (engine) => {
    const batches = async () => Number((await engine.query("select count(*) from plugin_metrics_batch"))[0]?.[0]);
    const store = await open(engine);
    for (let round = 0; round < 5; round++) {
      store.write(rows(1, 10, DAY_0 + round * 10));
      await store.flush();
    }
    expect(await batches()).toBe(5);
    await store.seal();
    expect(await batches()).toBe(0);
    store.write(rows(1, 10, DAY_0 + 100));
    await store.close();
    const again = await open(engine);
    await again.seal();
    expect(await batches()).toBe(0);
    expect(await again.stats()).toMatchObject({ samples: 60 });
    await again.close();
  });
});

test("small chunks are merged as their series goes on", async () => {
  await withDatabase(async (engine) => {
    const store = await open(engine, 100);
    for (let round = 0; round < 45; round++) {
      store.write(rows(1, 10, DAY_0 + round * 10));
      await store.seal();
    }
    const chunks = await engine.query("select samples from plugin_metrics_chunk order by start_at");
    expect(chunks.map(([samples]) => samples)).toEqual([100, 100, 100, 100, 50]);
    await store.close();
  });
});

test("sealing, rolling up and deleting leave others their turn", async () => {
  await withDatabase(async (engine) => {
    const store = await open(engine);
    for (let series = 1; series <= 8; series++) store.write(rows(series, 100_000));
    let longestMs = 0;
    let before = performance.now();
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - before);
      before = performance.now();
    }, 1);
    await store.seal();
    await store.rollUp(DAY_0 + 2 * DAY_MS);
    await store.forget([1, 2, 3, 4, 5, 6, 7, 8]);
    clearInterval(timer);
    // Pieces are made for a few milliseconds; one series is the least there is, and a busy machine is slower.
    expect(longestMs).toBeLessThan(200);
    await store.close();
  });
});
