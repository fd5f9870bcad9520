import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import type { SqlEngine } from "../../db/sql-engine";
import { createPostgresDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { openSpool } from "../chunks/spool";
import { DAY_MS, HOUR_MS } from "../grid";
import type { MetricStore } from "../store";
import { createModel } from "../test-model";
import { collect, DAY_0 } from "../test-subject";
import { setUpTimescale } from "./set-up";
import { connectPatiently } from "./test-connect";
import { openTimescaleStore, type TimescaleStoreOptions } from "./timescale-store";

const options = { migrationsFolder: join(folders.migrations, "postgres") };
// As WebAssembly, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const MINUTE_MS = 60_000;
const NOW = DAY_0 + 3 * DAY_MS + 40 * MINUTE_MS;
const RETENTION = { rawMs: DAY_MS, hourlyMs: 50 * DAY_MS, dailyMs: 500 * DAY_MS };

/** A database that counts what it is asked, and may be away. */
interface Watched {
  readonly engine: SqlEngine;
  questions: number;
  away: boolean;
}

describeWith("timescale", (server) => {
  async function withDatabase(work: (watched: Watched) => Promise<void>): Promise<void> {
    const database = await createPostgresDatabase(server);
    const { engine, close } = await connectPatiently(database.url, options);
    await setUpTimescale(engine, { policies: null });
    const watched: Watched = {
      questions: 0,
      away: false,
      engine: {
        ...engine,
        async query(...question) {
          watched.questions++;
          if (watched.away) throw new Error("connection refused");
          return engine.query(...question);
        },
        async transaction(steps) {
          if (watched.away) throw new Error("connection refused");
          return engine.transaction(steps);
        },
      },
    };
    try {
      await work(watched);
    } finally {
      await close();
      await database.drop();
    }
  }

  const open = ({ engine }: Watched, more: TimescaleStoreOptions = {}) =>
    openTimescaleStore(engine, { now: () => NOW, ...more });
  const every = (stepMs: number, { series, from, to }: { series: number; from: number; to: number }) =>
    Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => ({
      series,
      at: from + index * stepMs,
      value: Math.sin(index * series) * 100,
    }));
  const lastHour = { from: NOW - HOUR_MS, to: NOW };

  async function expectFromMemory(watched: Watched, ask: () => Promise<unknown>, from = true): Promise<void> {
    const before = watched.questions;
    await ask();
    expect(watched.questions === before).toBe(from);
  }
  /** When it was closed, everything in the background has ended; opened again it has what the last hour had. */
  const restored = (watched: Watched, store: MetricStore) =>
    vi.waitFor(
      async () =>
        expectFromMemory(watched, () =>
          store.range({ series: [1, 2], ...lastHour, maxPoints: 400, minStepMs: 10_000 }),
        ),
      { timeout: 60_000, interval: 200 },
    );

  test("the last hour is answered without the database, also after a restart, and rightly", () =>
    withDatabase(async (watched) => {
      const model = createModel();
      let store = await open(watched);
      for (const series of [1, 2]) {
        model.write(store, every(10 * MINUTE_MS, { series, from: DAY_0, to: NOW - 2 * HOUR_MS }));
        model.write(store, every(10_000, { series, from: NOW - 2 * HOUR_MS, to: NOW }));
      }
      const range = { series: [1, 2, 3], ...lastHour, maxPoints: 400, minStepMs: 10_000 };
      await expectFromMemory(watched, () => model.expectRange(store, range));
      await store.close();

      store = await open(watched);
      await restored(watched, store);
      await expectFromMemory(watched, () => model.expectRange(store, range));
      await expectFromMemory(watched, () => model.expectWindow(store, { series: [1, 2, 3], ...lastHour }));
      await expectFromMemory(watched, () => store.top({ series: [1, 2], ...lastHour, by: "max", limit: 1 }));
      // What is there already stays as it was, late ones and new ones are seen.
      model.write(store, [
        { series: 1, at: NOW - 10_000, value: 1_000 },
        { series: 1, at: NOW - 20_000 + 5, value: 500 },
        { series: 2, at: NOW, value: -500 },
        { series: 2, at: NOW - 90 * MINUTE_MS + 1, value: 7_000 },
      ]);
      await expectFromMemory(watched, () => model.expectRange(store, { ...range, to: NOW + 1 }));
      const wider = { series: [1, 2], from: NOW - 3 * HOUR_MS, to: NOW + 1 };
      await expectFromMemory(watched, () => model.expectRange(store, { ...wider, maxPoints: 2_000 }), false);
      // Hours come from rollups, where there are any.
      await store.rollUp(NOW);
      for (const from of [DAY_0, NOW - 3 * HOUR_MS, NOW - HOUR_MS]) {
        await model.expectWindow(store, { series: [1, 2], from, to: NOW + 1 });
      }
      await store.close();
    }));

  test("beside other processes nothing is answered from memory but the newest that they make known", () =>
    withDatabase(async (watched) => {
      const mine = await open(watched, { others: () => true });
      const other = await open(watched, { others: () => true });
      const batch = { series: [1, 2], at: [NOW - 5, NOW - 4], value: [1, 2] };
      mine.write({ series: [2], at: [NOW - 3], value: [3] });
      await mine.flush();
      other.write(batch);
      await other.flush();
      mine.see?.(batch);
      expect(mine.latest([1, 2])).toEqual([
        { series: 1, at: NOW - 5, value: 1 },
        { series: 2, at: NOW - 3, value: 3 },
      ]);
      expect(await mine.window({ series: [1, 2], ...lastHour })).toMatchObject([{ count: 1 }, { count: 2 }]);
      expect((await mine.stats()).samples).toBe(3);
      await mine.close();
      await other.close();
    }));

  test("forgotten and pruned samples are gone from memory, too", () =>
    withDatabase(async (watched) => {
      const model = createModel();
      const store = await open(watched);
      model.write(store, every(MINUTE_MS, { series: 1, ...lastHour }));
      store.write({ series: [2], at: [NOW - 5], value: [1] });
      const forgetting = store.forget([2]);
      store.write({ series: [2], at: [NOW - 4], value: [2] });
      await forgetting;
      store.write({ series: [2], at: [NOW - 3], value: [3] });
      await store.flush();
      const there = await collect(store, { series: [2], ...lastHour });
      expect(await store.window({ series: [2], ...lastHour })).toMatchObject([{ count: there.length, last: 3 }]);
      await store.rollUp(NOW);
      await store.prune(NOW, { ...RETENTION, rawMs: 0 });
      // Of the hour that was dropped there is its rollup.
      const [summary] = await store.window({ series: [1], ...lastHour });
      expect(summary?.count).toBe(60);
      expect((await store.range({ series: [1], ...lastHour, maxPoints: 400 })).stepMs).toBe(HOUR_MS);
      await store.close();
    }));

  test("while the server is away samples wait in the file, and are written in order when it is back, each once", () =>
    withDatabase(async (watched) => {
      const folder = await mkdtemp(join(tmpdir(), "unity-spool-"));
      const file = join(folder, "waiting");
      const openWithSpool = async () => open(watched, { spool: await openSpool(file), flushMs: 60_000 });
      const model = createModel();
      const query = { series: [1, 2], ...lastHour };
      let store = await openWithSpool();
      const write = (series: number, from: number) =>
        model.write(store, every(1_000, { series, from: lastHour.from + from, to: lastHour.from + from + 10_000 }));
      write(1, 0);
      await store.flush();
      watched.away = true;
      for (let round = 1; round <= 4; round++) {
        write(1 + (round % 2), round * 100_000);
        await expect(store.flush()).rejects.toThrow("refused");
      }
      // The first value counts, whether it waits or not.
      model.write(store, [{ series: 1, at: lastHour.from + 200_000, value: 9_999 }]);
      expect(store.health?.()).toMatchObject({ spooled: 40, failing: { message: "connection refused" } });
      await expectFromMemory(watched, () => model.expectWindow(store, query));
      watched.away = false;
      await store.flush();
      expect(store.health?.()).toMatchObject({ pending: 0, spooled: 0, failing: null });
      watched.away = true;
      write(2, 900_000);
      await expect(store.close()).rejects.toThrow("refused");

      // Another process, with what that one left; and one after it was killed before it emptied the file.
      watched.away = false;
      const left = await readFile(file);
      expect(left.length).toBeGreaterThan(0);
      for (let round = 0; round < 2; round++) {
        await writeFile(file, left);
        store = await openWithSpool();
        model.expectLatest(store, [1, 2]);
        expect(await collect(store, query)).toEqual([1, 2].flatMap((series) => model.samplesOf(series)));
        expect(await store.stats()).toMatchObject({ samples: 60, pending: 0 });
        await store.close();
        expect(await readFile(file)).toHaveLength(0);
      }
      await rm(folder, { recursive: true, force: true });
    }));

  test("what each series comes to is known, counted again or counted up, and what is compressed of it", () =>
    withDatabase(async (watched) => {
      let store = await open(watched);
      // What comes in while it is being counted may be counted twice, so that is over first.
      await store.prune(NOW, { ...RETENTION, rawMs: 30 * DAY_MS });
      const usage = (one: number) => store.usage?.().find(({ series }) => series === one);
      store.write({ series: [3], at: [NOW], value: [3] });
      for (const series of [1, 2]) {
        const samples = every(series * MINUTE_MS, { series, from: DAY_0, to: NOW });
        store.write({
          series: samples.map(() => series),
          at: samples.map(({ at }) => at),
          value: samples.map(({ value }) => value),
        });
      }
      const minutes = (NOW - DAY_0) / MINUTE_MS;
      const check = () => {
        expect(usage(1)).toMatchObject({ samples: minutes, firstAt: DAY_0, lastAt: NOW - MINUTE_MS });
        expect(usage(2)).toMatchObject({ samples: minutes / 2, firstAt: DAY_0, lastAt: NOW - 2 * MINUTE_MS });
        expect(usage(3)).toMatchObject({ samples: 1, firstAt: NOW, lastAt: NOW });
      };
      check();
      await store.rollUp(NOW);
      check();
      await store.prune(NOW, { ...RETENTION, rawMs: 30 * DAY_MS });
      check();
      await store.flush();
      await watched.engine.query(
        "select compress_chunk(chunk) from show_chunks('plugin_metrics', older_than => to_timestamp(?::float8 / 1000)) chunk",
        [DAY_0 + 2 * DAY_MS],
      );
      await store.close();
      store = await open(watched);
      await vi.waitFor(() => expect(usage(1)?.stored.samples).toBe(2 * 24 * 60), { timeout: 60_000 });
      check();
      const [one = 0, two = 0] = [1, 2].map((series) => usage(series)?.stored.bytes);
      expect(one).toBeGreaterThan(1_000);
      expect(one / two).toBeCloseTo(2);
      await store.prune(NOW, RETENTION);
      expect(usage(1)).toMatchObject({ samples: 24 * 60 + 40, lastAt: NOW - MINUTE_MS });
      await store.forget([1]);
      expect(usage(1)).toBeUndefined();
      await store.close();
    }));
});
