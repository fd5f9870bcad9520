import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteSamples, type SqliteSamples } from "../../db/sqlite-file";
import { folders } from "../../places";
import { DAY_MS, HOUR_MS } from "../grid";
import { createModel, type Sample } from "../test-model";
import { DAY_0 } from "../test-subject";
import { carryOver } from "./carry-over";
import { openChunkStore } from "./chunk-store";

/** The tables as the first version made them, in a file of their own. */
const OLD = `
  create table plugin_metrics_v1 (series integer not null, at integer not null, value real not null,
    primary key (series, at)) without rowid;
  create table plugin_metrics_rollup_v1 (tier integer not null, series integer not null, at integer not null,
    count integer not null, sum real not null, min real not null, max real not null, last real not null,
    primary key (tier, series, at)) without rowid;
  create table settings (key text primary key not null, value text not null);`;

async function withFiles(work: (from: SqliteSamples, to: SqliteSamples) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "unity-carry-"));
  const open = (name: string) =>
    openSqliteSamples(join(folder, name), { migrationsFolder: join(folders.migrations, "sqlite-samples") });
  const [from, to] = await Promise.all([open("unity.db"), open("unity-samples.db")]);
  try {
    await from.engine.run(OLD);
    await work(from, to);
  } finally {
    await Promise.all([from.close(), to.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the first version rolled up: hours up to the watermark, and the days that were over by then. */
async function writeOld(from: SqliteSamples, samples: readonly Sample[], rolledUpTo: number): Promise<void> {
  const rows = samples.map(({ series, at, value }) => [series, at, value]);
  await from.engine.transaction([{ into: "plugin_metrics_v1", columns: ["series", "at", "value"], rows }]);
  for (const [tier, step, until] of [
    [3_600, HOUR_MS, rolledUpTo],
    [86_400, DAY_MS, Math.floor(rolledUpTo / DAY_MS) * DAY_MS],
  ] as const) {
    await from.engine.run(`insert into plugin_metrics_rollup_v1
      select ${tier}, series, at - at % ${step} as bucket, count(*), sum(value), min(value), max(value),
        (select value from plugin_metrics_v1 newest where newest.series = old.series and newest.at < old.at - old.at % ${step} + ${step}
          order by newest.at desc limit 1)
      from plugin_metrics_v1 old where at < ${until} group by series, bucket`);
  }
  await from.engine.run(`insert into settings values ('metrics_rolled_up_to', '${rolledUpTo}')`);
}

const samplesOf = (series: number, count: number): Sample[] =>
  Array.from({ length: count }, (_, index) => ({
    series,
    at: DAY_0 + index * 600_000,
    value: Math.round(Math.sin(series + index) * 1e4) / 100 + 0,
  }));

test("an installation of the first version has the same answers after it was carried over, and goes on", async () => {
  await withFiles(async (from, to) => {
    const old = [...samplesOf(1, 600), ...samplesOf(2, 400), ...samplesOf(3, 1)];
    const rolledUpTo = DAY_0 + 2 * DAY_MS + 5 * HOUR_MS;
    await writeOld(from, old, rolledUpTo);
    await carryOver({ from: from.engine, to: to.engine, log: undefined });

    const store = await openChunkStore(to.engine, { name: "SQLite" });
    const model = createModel();
    // What is there already is ignored: this fills the model.
    model.write(store, old);
    const query = { series: [1, 2, 3, 4], from: DAY_0, to: DAY_0 + 5 * DAY_MS, maxPoints: 1_000 };
    const check = async () => {
      model.expectLatest(store, [1, 2, 3]);
      for (const minStepMs of [600_000, HOUR_MS, 3 * HOUR_MS, DAY_MS])
        await model.expectRange(store, { ...query, minStepMs });
      await model.expectWindow(store, { series: [1, 2, 3], from: DAY_0 + 17, to: DAY_0 + 3 * DAY_MS + 1 });
    };
    await check();
    model.write(store, [
      { series: 1, at: DAY_0 + 4 * DAY_MS, value: 7 },
      { series: 4, at: DAY_0 + 90 * 60_000, value: 8 },
    ]);
    await check();
    await store.rollUp(DAY_0 + 5 * DAY_MS);
    await check();
    await store.close();
    expect(await from.engine.query("select count(*) from sqlite_schema where name like 'plugin_metrics%v1'")).toEqual([
      [0],
    ]);
  });
});

test("who was killed in the middle goes on, and nothing is there twice", async () => {
  await withFiles(async (from, to) => {
    await writeOld(from, [...samplesOf(1, 2_000), ...samplesOf(2, 2_000)], DAY_0);
    let writes = 0;
    const dying: SqliteSamples["engine"] = {
      ...to.engine,
      transaction: (steps) => (++writes > 4 ? Promise.reject(new Error("killed")) : to.engine.transaction(steps)),
    };
    await expect(carryOver({ from: from.engine, to: dying, log: undefined })).rejects.toThrow("killed");
    await carryOver({ from: from.engine, to: to.engine, log: undefined });
    const store = await openChunkStore(to.engine, { name: "SQLite" });
    expect(await store.stats()).toMatchObject({ samples: 4_000 });
    const window = { series: [1, 2], from: DAY_0, to: DAY_0 + 20 * DAY_MS };
    expect(await store.window(window)).toMatchObject([{ count: 2_000 }, { count: 2_000 }]);
    await store.close();
  });
});

test("an installation that is new has nothing to carry over", async () => {
  await withFiles(async (from, to) => {
    await from.engine.run("drop table plugin_metrics_v1; drop table plugin_metrics_rollup_v1");
    await carryOver({ from: from.engine, to: to.engine, log: undefined });
    expect(await to.engine.query("select count(*) from plugin_metrics_head")).toEqual([[0]]);
  });
});
