import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import type { Connection } from "../../db/database";
import type { SqlEngine } from "../../db/sql-engine";
import { createPostgresDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { openChunkStore } from "../chunks/chunk-store";
import { fenceOff } from "../chunks/fence";
import { DAY_MS, floorTo, HOUR_MS } from "../grid";
import type { MetricStore } from "../store";
import { createModel, type Model } from "../test-model";
import { DAY_0 } from "../test-subject";
import { followPostgresSamples, openPostgresSamples } from "./open-samples";
import { connectPatiently } from "./test-connect";

const options = { migrationsFolder: join(folders.migrations, "postgres") };
// As WebAssembly, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const SHOWN = "PostgreSQL at nas:5432/unity";
const NOW = DAY_0 + 60 * DAY_MS + 5 * HOUR_MS;
const MINUTE_MS = 60_000;
const RETENTION = { rawMs: 20 * DAY_MS + 3 * HOUR_MS, hourlyMs: 40 * DAY_MS, dailyMs: 55 * DAY_MS };
const SHORTER_MS = 3 * DAY_MS;
const open = (engine: SqlEngine, wanted: "auto" | "chunks" | "kept" = "auto") =>
  openPostgresSamples(engine, { shown: SHOWN, policies: null, wanted, now: () => NOW });

describeWith("timescale", (server) => {
  async function withDatabase(work: (connection: Connection) => Promise<void>): Promise<void> {
    const database = await createPostgresDatabase(server);
    const connection = await connectPatiently(database.url, options);
    try {
      await work(connection);
    } finally {
      await connection.close();
      await database.drop();
    }
  }

  test("what a plain PostgreSQL installation has in chunks is carried over, killed at every step, and goes on", () =>
    withDatabase(async ({ engine }) => {
      const model = createModel();
      const chunks = await openChunkStore(engine, { name: "PostgreSQL", chunkSamples: 50 });
      const from = DAY_0;
      const every = (series: number, stepMs: number) =>
        Array.from({ length: Math.floor((NOW - from) / stepMs) }, (_, index) => ({
          series,
          at: from + index * stepMs,
          value: Math.sin(index * series) * 1_000,
        }));
      model.write(chunks, [
        ...every(1, 2 * HOUR_MS),
        ...every(2, 30 * MINUTE_MS),
        { series: 3, at: from + 1, value: 7 },
        ...every(4, 2 * HOUR_MS),
      ]);
      await chunks.rollUp(NOW);
      await chunks.prune(NOW, RETENTION, new Map([[4, SHORTER_MS]]));
      // In no chunk yet when it ends.
      model.write(chunks, [
        { series: 1, at: NOW, value: 42 },
        { series: 2, at: NOW - 3 * DAY_MS + 1, value: -5_000 },
      ]);
      await chunks.close();

      let left = 2;
      for (let tries = 0; ; tries++) {
        expect(tries).toBeLessThan(60);
        const opened = await open(mortal(engine, left)).catch(() => undefined);
        left += 15;
        if (!opened) continue;
        expect(tries).toBeGreaterThan(3);
        break;
      }
      const { store, setUp } = await open(engine);
      expect(setUp?.usable).toBe(true);
      await expectAll(model, store);
      await store.close();
      expect(await engine.sizes(["plugin_metrics_chunk"])).toEqual([expect.any(Number)]);
      expect(await engine.query("select count(*) from plugin_metrics_chunk")).toEqual([[0]]);

      const { store: again } = await open(engine);
      model.write(again, [
        { series: 2, at: NOW - 2 * DAY_MS + 2, value: 9_000 },
        // Where another series has hours only.
        { series: 1, at: NOW - SHORTER_MS - 5 * HOUR_MS + 1, value: 9_000 },
      ]);
      await expectAll(model, again);
      await again.rollUp(NOW + HOUR_MS);
      await expectAll(model, again);
      const kept = model
        .samplesOf(1)
        .concat(model.samplesOf(2))
        .concat(model.samplesOf(4).filter(({ at }) => at >= NOW - SHORTER_MS))
        .filter(({ at }) => at >= rawFrom).length;
      // Chunks of a day are dropped whole.
      expect((await again.stats()).samples).toBeGreaterThanOrEqual(kept);
      expect((await again.stats()).samples).toBeLessThan(kept + 60);
      await again.close();
    }));

  const rawFrom = floorTo(NOW - RETENTION.rawMs, HOUR_MS);

  async function expectAll(model: Model, store: MetricStore): Promise<void> {
    model.expectLatest(store, [1, 2]);
    expect(store.latest([3])).toEqual([]);
    const series = [1, 2, 3];
    await model.expectRange(store, { series, from: rawFrom, to: NOW + 1, maxPoints: 2_000 });
    await model.expectRange(store, {
      series,
      from: floorTo(NOW - RETENTION.hourlyMs, DAY_MS),
      to: NOW + 1,
      maxPoints: 1_000,
    });
    await model.expectRange(store, {
      series,
      from: NOW - RETENTION.dailyMs,
      to: NOW + 1,
      maxPoints: 60,
      minStepMs: DAY_MS,
    });
    // One that is kept shorter has hours before.
    const four = { series: [4], from: rawFrom, to: NOW + 1, maxPoints: 2_000 };
    expect((await store.range(four)).stepMs).toBe(HOUR_MS);
    await model.expectRange(store, four);
    await model.expectRange(store, { ...four, series: [1, 4], from: NOW - 2 * DAY_MS });
    await model.expectRange(store, { ...four, minStepMs: DAY_MS });
    await model.expectWindow(store, { series: [1, 2, 4], from: rawFrom - DAY_MS, to: NOW + 1 });
  }

  test("what processes left that are gone is carried over, too, and who carries it goes on to lead", () =>
    withDatabase(async ({ engine }) => {
      const model = createModel();
      const led = (await open(engine, "chunks")).store;
      const followed = await followPostgresSamples(engine, { writer: "0gone", others: () => true });
      model.write(led, [{ series: 1, at: NOW - 5 * DAY_MS, value: 1 }]);
      model.write(followed, [{ series: 1, at: NOW - 4 * DAY_MS, value: 2 }]);
      await led.close();
      await followed.close();
      let told = 0;
      const { store } = await open(await fenceOff(engine, () => told++));
      model.write(store, [{ series: 1, at: NOW - DAY_MS, value: 3 }]);
      await store.flush();
      await model.expectWindow(store, { series: [1], from: NOW - 10 * DAY_MS, to: NOW });
      expect(told).toBe(0);
      await store.close();
    }));

  test("samples that went into chunks meanwhile are carried over, too", () =>
    withDatabase(async ({ engine }) => {
      const model = createModel();
      const chunks = (await open(engine, "chunks")).store;
      model.write(chunks, [{ series: 1, at: NOW - 5 * DAY_MS, value: 1 }]);
      await chunks.close();
      // Dies when everything is carried over, and the chunks are about to go.
      await expect(open(mortal(engine, 1_000, "truncate"))).rejects.toThrow("killed");
      const looked = await open(engine, "kept");
      expect(looked.setUp).toBeNull();
      await looked.store.close();
      const later = (await open(engine, "chunks")).store;
      model.write(later, [{ series: 1, at: NOW - 5 * DAY_MS + 1, value: 2 }]);
      await later.close();
      const { store } = await open(engine);
      await model.expectWindow(store, { series: [1], from: NOW - 10 * DAY_MS, to: NOW });
      await store.close();
    }));

  test("once samples are in TimescaleDB, nothing else is opened", () =>
    withDatabase(async ({ engine }) => {
      const { store } = await open(engine);
      await store.close();
      await expect(open(engine, "chunks")).rejects.toThrow(
        /nas:5432\/unity keeps its samples in TimescaleDB already\. Unset/,
      );
      await engine.transaction([{ sql: "drop extension timescaledb cascade" }]);
      await expect(open(engine)).rejects.toThrow(
        /nas:5432\/unity kept its samples in TimescaleDB, and the extension is gone/,
      );
    }));
});

describeWith("postgres", (server) => {
  test("without the extension samples are in chunks, and nothing is asked for", async () => {
    const database = await createPostgresDatabase(server);
    const { engine, close } = await connectPatiently(database.url, options);
    const { store, setUp } = await open(engine);
    expect(setUp).toEqual({
      timescale: { state: "absent", version: null, advice: null },
      steps: [{ step: "extension timescaledb", outcome: "skipped", detail: "The server does not have it." }],
      usable: false,
    });
    expect((await store.stats()).engine).toBe("PostgreSQL");
    await store.close();
    await close();
    await database.drop();
  });
});

/** A database whose client dies after so many statements, or before one that has this word. */
function mortal(engine: SqlEngine, left: number, word = "never"): SqlEngine {
  let statements = left;
  const live = (text = "") => {
    if (statements-- <= 0 || text.includes(word)) throw new Error("killed");
  };
  return {
    ...engine,
    async query(...given) {
      live();
      return engine.query(...given);
    },
    async transaction(steps) {
      live(JSON.stringify(steps));
      return engine.transaction(steps);
    },
  };
}
