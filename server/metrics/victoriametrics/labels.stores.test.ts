import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import { createModel } from "../test-model";
import { collect } from "../test-subject";
import { connectTo } from "./connection";
import type { NameSeries, SeriesNames } from "./labels";
import { createPromql } from "./promql";
import { openVictoriametricsStore } from "./victoriametrics-store";

const NAMES: SeriesNames = {
  metric: "disk_used_bytes",
  plugin: "disk",
  instance: "NAS",
  host: "nas",
  labels: { mount: `/mnt/"a" {b}\n`, plugin: "not the plugin", "a-b": "1", empty: "" },
};

const nameAll =
  (names: SeriesNames): NameSeries =>
  async (series) =>
    new Map(series.map((id) => [id, names]));

describeWith("victoriametrics", (url) => {
  const database = () => `test${randomBytes(8).toString("hex")}`;

  test("people find a series by its name, plugin, instance, host and labels", async () => {
    const options = { url, database: database(), nameSeries: nameAll(NAMES) };
    const store = await openVictoriametricsStore(options);
    const at = Date.now() - 60_000;
    store.write({ series: [1], at: [at], value: [5] });
    await store.close();
    const connection = connectTo(url);
    const found = await createPromql(connection).query(
      `disk_used_bytes{unity_database="${options.database}",instance="NAS"}[5m]`,
      Date.now(),
    );
    connection.close();
    expect(found).toEqual([
      {
        metric: {
          __name__: "disk_used_bytes",
          a_b: "1",
          host: "nas",
          instance: "NAS",
          label_plugin: "not the plugin",
          mount: `/mnt/"a" {b}\n`,
          plugin: "disk",
          unity_database: options.database,
          unity_series: "1",
        },
        points: [[at / 1_000, "5"]],
      },
    ]);
  });

  test("an instance that is renamed has all of its samples, from before and after", async () => {
    const options = { url, database: database(), nameSeries: nameAll(NAMES) };
    const model = createModel();
    const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 20 * 3_600_000;
    const write = async (names: SeriesNames, first: number) => {
      const store = await openVictoriametricsStore({ ...options, nameSeries: nameAll(names) });
      model.write(
        store,
        Array.from({ length: 100 }, (_, index) => ({
          series: 1,
          at: start + (first + index * 2) * 300_000,
          value: index,
        })),
      );
      await store.close();
    };
    await write(NAMES, 0);
    // In between those from before, as late ones would be.
    await write({ ...NAMES, instance: "New NAS", host: "other" }, 1);
    const store = await openVictoriametricsStore(options);
    const query = { series: [1], from: start, to: start + 24 * 3_600_000 };
    for (const minStepMs of [1_000, 600_000, 3_600_000])
      await model.expectRange(store, { ...query, maxPoints: 2_000, minStepMs });
    await model.expectWindow(store, query);
    model.expectLatest(store, [1]);
    expect(await collect(store, query)).toEqual(model.samplesOf(1));
    await store.close();
  });

  test("two Unitys on one server have nothing of each other's", async () => {
    const [left, right] = await Promise.all(
      [1, 2].map(() => openVictoriametricsStore({ url, database: database(), nameSeries: nameAll(NAMES) })),
    );
    const at = Date.now() - 60_000;
    left?.write({ series: [1], at: [at], value: [1] });
    right?.write({ series: [1], at: [at], value: [2] });
    await left?.forget([1]);
    expect(await left?.window({ series: [1], from: at, to: at + 1 })).toEqual([]);
    expect(await right?.window({ series: [1], from: at, to: at + 1 })).toMatchObject([{ count: 1, last: 2 }]);
    await Promise.all([left?.close(), right?.close()]);
  });

  test("what another process wrote is known when it is told of, and not written again", async () => {
    const options = { url, database: database(), nameSeries: nameAll(NAMES) };
    const store = await openVictoriametricsStore(options);
    const at = Date.now() - 60_000;
    store.write({ series: [1], at: [at], value: [5] });
    store.see?.({ series: [1, 1, 2], at: [at - 1, at + 1, at], value: [4, 6, 7] });
    expect(store.latest([1, 2])).toEqual([
      { series: 1, at: at + 1, value: 6 },
      { series: 2, at, value: 7 },
    ]);
    await store.flush();
    expect(await collect(store, { series: [1, 2], from: at - 10, to: at + 10 })).toEqual([{ series: 1, at, value: 5 }]);
    await store.close();
  });

  test("the server says how long it keeps samples", async () => {
    const store = await openVictoriametricsStore({ url, database: database(), nameSeries: nameAll(NAMES) });
    expect((await store.stats()).serverKeeps).toBe("100y");
    await store.close();
  });
});
