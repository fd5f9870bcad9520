import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SqlEngine, Step } from "../../db/sql-engine";
import { openSqliteSamples } from "../../db/sqlite-file";
import { folders } from "../../places";
import { DAY_MS, HOUR_MS } from "../grid";
import { StoreUnavailable } from "../store";
import { createModel } from "../test-model";
import { collect, DAY_0 } from "../test-subject";
import { openChunkStore } from "./chunk-store";

interface Disk {
  full: boolean;
  /** Called before every transaction. */
  before?: ((steps: readonly Step[]) => Promise<void> | void) | undefined;
  /** Called when it is committed, before anybody is told. */
  after?: ((steps: readonly Step[]) => Promise<void> | void) | undefined;
}

/** A database of its own, with a disk that does what the test says. */
async function withDatabase(work: (engine: SqlEngine, disk: Disk) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "unity-faults-"));
  const file = await openSqliteSamples(join(folder, "samples.db"), {
    migrationsFolder: join(folders.migrations, "sqlite-samples"),
  });
  const disk: Disk = { full: false };
  const engine: SqlEngine = {
    ...file.engine,
    async transaction(steps) {
      if (disk.full) throw new Error("database or disk is full");
      await disk.before?.(steps);
      const changes = await file.engine.transaction(steps);
      await disk.after?.(steps);
      return changes;
    },
  };
  try {
    await work(engine, disk);
  } finally {
    await file.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const open = (engine: SqlEngine, chunkSamples = 720) => openChunkStore(engine, { name: "SQLite", chunkSamples });
const rows = (series: number, count: number, from = DAY_0) => ({
  series: new Array<number>(count).fill(series),
  at: Array.from({ length: count }, (_, index) => from + index),
  value: Array.from({ length: count }, (_, index) => index),
});
const seals = (steps: readonly Step[]) => steps.some((step) => "into" in step && step.into === "plugin_metrics_chunk");

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
