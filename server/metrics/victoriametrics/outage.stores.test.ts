import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import { startStore } from "../../../scripts/stores/start-store.mjs";
import { openSpool } from "../chunks/spool";
import { DAY_MS } from "../grid";
import { type MetricStore, StoreUnavailable } from "../store";
import { createModel } from "../test-model";
import { collect } from "../test-subject";
import { connectTo } from "./connection";
import { createPromql } from "./promql";
import { nameAny } from "./test-victoria";
import { openVictoriametricsStore, type VictoriametricsOptions } from "./victoriametrics-store";

const STEP_MS = 1_000;
const BACK_WITHIN_MS = 30_000;
/** After that, one that is killed has what it accepted. */
const DURABLE_AFTER_MS = 22_000;

describeWith("victoriametrics", () => {
  test("while the server is away samples wait, are counted, and then go there: none is lost, none is there twice", async () => {
    const server = await startStore("victoriametrics");
    const options = nameOptions(server.url);
    const store = await openVictoriametricsStore({ ...options, flushMs: 100 });
    try {
      const model = createModel();
      const start = Math.floor(Date.now() / STEP_MS) * STEP_MS - 600 * STEP_MS;
      let step = 0;
      const writeNext = () => {
        const at = start + step++ * STEP_MS;
        model.write(
          store,
          [1, 2, 3].map((series) => ({ series, at, value: step * series })),
        );
      };
      for (let count = 0; count < 100; count++) writeNext();
      await store.flush();
      // It has said yes to these, and has none of them on its disk.
      await server.kill();
      for (let count = 0; count < 100; count++) {
        writeNext();
        if (count % 20 === 0) await pause(50);
      }
      await expect(store.flush()).rejects.toThrow(StoreUnavailable);
      const query = { series: [1, 2, 3], from: start, to: start + 600 * STEP_MS, maxPoints: 1_000 };
      // What came in lately is in memory, what was there before the store was opened is not.
      await model.expectRange(store, query);
      await expect(store.range({ ...query, from: start - 8 * DAY_MS })).rejects.toThrow(StoreUnavailable);
      await expect(store.ping()).rejects.toThrow(/does not answer/);
      expect(store.health?.()).toMatchObject({
        pending: 300,
        failing: { message: expect.stringContaining("does not answer") },
      });
      model.expectLatest(store, [1, 2, 3]);

      await server.startAgain();
      const end = performance.now() + BACK_WITHIN_MS;
      while (store.health?.().pending !== 0 && performance.now() < end) await pause(100);
      expect(store.health?.()).toMatchObject({ pending: 0, failing: null });
      writeNext();
      await model.expectRange(store, query);
      await store.close();

      const again = await openVictoriametricsStore(options);
      model.expectLatest(again, [1, 2, 3]);
      await model.expectRange(again, query);
      await model.expectRange(again, { ...query, minStepMs: 60_000 });
      for (const series of [1, 2, 3])
        expect(await collect(again, { series: [series], from: 0, to: Date.now() })).toEqual(model.samplesOf(series));
      await again.close();
    } finally {
      await store.close().catch(() => undefined);
      await server.stop();
    }
  });

  test("samples wait in a file while the server is away, and go there when both it and Unity were ended meanwhile", async () => {
    const folder = await mkdtemp(join(tmpdir(), "unity-waiting-"));
    const server = await startStore("victoriametrics");
    const options = nameOptions(server.url);
    const open = async () =>
      openVictoriametricsStore({ ...options, flushMs: 100, spool: await openSpool(join(folder, "waiting.samples")) });
    try {
      const model = createModel();
      const series = [1, 2, 3];
      const start = Math.floor(Date.now() / STEP_MS) * STEP_MS - 600 * STEP_MS;
      const query = { series, from: start, to: start + 600 * STEP_MS, maxPoints: 1_000 };
      let step = 0;
      const write = (store: MetricStore, count: number) => {
        for (let round = 0; round < count; round++) {
          const at = start + step++ * STEP_MS;
          model.write(
            store,
            series.map((id) => ({ series: id, at, value: step * id })),
          );
        }
      };
      let store = await open();
      write(store, 50);
      await store.flush();
      // It has them on its disk.
      await pause(DURABLE_AFTER_MS);
      await server.kill();
      for (let round = 0; round < 3; round++) {
        write(store, 20);
        await expect(store.flush()).rejects.toThrow(StoreUnavailable);
      }
      expect(store.health?.()).toMatchObject({ pending: 180, spooled: 180 });
      model.expectLatest(store, series);
      await expect(store.close()).rejects.toThrow(StoreUnavailable);
      await expect(open()).rejects.toThrow("does not answer");
      const left = await readFile(join(folder, "waiting.samples"));

      await server.startAgain();
      for (let round = 0; round < 2; round++) {
        store = await open();
        model.expectLatest(store, series);
        await model.expectRange(store, query);
        write(store, 20);
        await store.close();
      }
      // As if the file could not be cleared: it is handed over once more.
      await writeFile(join(folder, "waiting.samples"), left);
      store = await open();
      for (const id of series)
        expect(await collect(store, { series: [id], from: 0, to: Date.now() })).toEqual(model.samplesOf(id));
      await model.expectRange(store, query);
      await store.close();
      const counted = await createPromql(connectTo(options.url)).query(
        `sum(count_over_time({unity_database="${options.database}"}[1h]))`,
        Date.now(),
      );
      expect(Number(counted[0]?.points.at(-1)?.[1])).toBe(3 * step);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  }, 120_000);

  test("nothing is opened on a server that is not there", async () => {
    const opening = openVictoriametricsStore(nameOptions("http://me:tiger@127.0.0.1:1"));
    await expect(opening).rejects.toThrow(/^http:\/\/127\.0\.0\.1:1 does not answer/);
  });
});

const nameOptions = (url: string): VictoriametricsOptions => ({
  url,
  database: `test${randomBytes(8).toString("hex")}`,
  nameSeries: nameAny,
});
