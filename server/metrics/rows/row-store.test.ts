import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite, type SqliteConnection } from "../../db/sqlite";
import { folders } from "../../places";
import { HOUR_MS } from "../grid";
import { StoreUnavailable } from "../store";
import { describeMetricStore } from "../test-contract";
import { DAY_0 } from "../test-subject";
import { openRowStore } from "./row-store";

describeMetricStore("SQLite rows", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-rows-"));
  return {
    async open() {
      const connection = await openSqlite(join(folder, "unity.db"), { migrationsFolder: folders.migrations });
      const store = await openRowStore(connection);
      return {
        ...store,
        async close() {
          await store.close();
          await connection.close();
        },
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});

/** A database of its own; its disk is full while `full` says so. */
async function withDatabase(
  work: (connection: SqliteConnection, disk: { full: boolean }) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "unity-full-"));
  const connection = await openSqlite(join(folder, "unity.db"), { migrationsFolder: folders.migrations });
  const disk = { full: false };
  const transaction: SqliteConnection["engine"]["transaction"] = (steps) =>
    disk.full ? Promise.reject(new Error("database or disk is full")) : connection.engine.transaction(steps);
  try {
    await work({ ...connection, engine: { ...connection.engine, transaction } }, disk);
  } finally {
    await connection.close();
    await rm(folder, { recursive: true, force: true });
  }
}
const rows = (series: number, count: number) => ({
  series: new Array<number>(count).fill(series),
  at: Array.from({ length: count }, (_, index) => DAY_0 + index),
  value: new Array<number>(count).fill(1),
});

test("a full disk loses nothing: samples wait, reading goes on, and they are written once there is room", async () => {
  await withDatabase(async (connection, disk) => {
    const store = await openRowStore(connection);
    store.write(rows(1, 100));
    await store.flush();
    disk.full = true;
    store.write(rows(2, 12_000));
    await expect(store.flush()).rejects.toThrow(StoreUnavailable);
    await expect(store.flush()).rejects.toThrow("disk is full");
    expect(await store.stats()).toMatchObject({ samples: 100, pending: 12_000 });
    const window = { series: [1, 2], from: DAY_0, to: DAY_0 + HOUR_MS };
    expect(await store.window(window)).toMatchObject([{ series: 1, count: 100 }]);
    expect(store.latest([2])).toMatchObject([{ at: DAY_0 + 11_999 }]);
    disk.full = false;
    await store.flush();
    expect(await store.window(window)).toMatchObject([{ count: 100 }, { count: 12_000 }]);
    await store.close();
  });
});

test("what waits has a bound, and whoever writes hears of it", async () => {
  await withDatabase(async (connection, disk) => {
    const store = await openRowStore(connection);
    disk.full = true;
    for (let series = 1; series <= 10; series++) store.write(rows(series, 100_000));
    expect(() => store.write(rows(11, 1))).toThrow(StoreUnavailable);
    expect(store.latest([11])).toEqual([]);
    await expect(store.close()).rejects.toThrow(StoreUnavailable);
  });
});

test("a sample that comes in behind the back of a rollup, into the hour it has just read, is in the next one", async () => {
  await withDatabase(async (connection) => {
    let late: (() => Promise<void>) | undefined;
    const transaction: SqliteConnection["engine"]["transaction"] = async (steps) => {
      const changes = await connection.engine.transaction(steps);
      const [first] = steps;
      if (!late || !first || !("sql" in first) || !first.sql.includes("into plugin_metrics_rollup")) return changes;
      const write = late;
      late = undefined;
      await write();
      return changes;
    };
    const store = await openRowStore({ ...connection, engine: { ...connection.engine, transaction } });
    store.write(rows(1, 10));
    late = () => {
      store.write({ series: [1], at: [DAY_0 + 100], value: [1_000] });
      return store.flush();
    };
    await store.rollUp(DAY_0 + 2 * HOUR_MS);
    await store.rollUp(DAY_0 + 2 * HOUR_MS);
    const range = await store.range({
      series: [1],
      from: DAY_0,
      to: DAY_0 + HOUR_MS,
      maxPoints: 10,
      minStepMs: HOUR_MS,
    });
    expect(range).toMatchObject({ tierSeconds: 3_600, series: [{ max: [1_000] }] });
    await store.close();
  });
});

test("after a large part is forgotten, the file shrinks", async () => {
  await withDatabase(async (connection) => {
    const store = await openRowStore(connection);
    for (let series = 1; series <= 4; series++) store.write(rows(series, 50_000));
    await store.flush();
    const before = (await store.stats()).bytes;
    await store.forget([1, 2, 3]);
    await store.prune(DAY_0, { rawMs: HOUR_MS, hourlyMs: HOUR_MS, dailyMs: HOUR_MS });
    expect((await store.stats()).bytes).toBeLessThan(before / 2);
    expect(await connection.integrityCheck()).toBe("ok");
    await store.close();
  });
});

test("neither deleting nor rolling up keeps a reader waiting for long", async () => {
  await withDatabase(async (connection) => {
    const store = await openRowStore(connection);
    // One sample in 4 ms: far more than anybody collects, and one series is the least that can be rolled up at once.
    for (let series = 1; series <= 8; series++) store.write(rows(series, 100_000));
    await store.flush();
    let waited = 0;
    let working = true;
    const work = store.rollUp(DAY_0 + HOUR_MS).then(() => store.forget([1, 2, 3, 4, 5, 6, 7, 8]));
    const ended = work.finally(() => {
      working = false;
    });
    while (working) {
      const askedAt = performance.now();
      await store.ping();
      waited = Math.max(waited, performance.now() - askedAt);
    }
    await ended;
    // Slices are made for about 50 ms, and a busy machine is slower; deleting in one go would take longer than that.
    expect(waited).toBeLessThan(200);
    await store.close();
  });
});
