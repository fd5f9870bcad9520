import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog, type Log } from "../log";
import { openSeriesIndex } from "../metrics/series";
import { openEmbeddedStores, type Stores } from "../open-stores";
import { createKeeper } from "./keeper";
import { openRetention } from "./open-retention";
import { DEFAULT_RETENTION } from "./settings";

const NOW = 1_795_478_400_000;
const log = createLog("silent");
let folder: string;
let stores: Stores;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-retention-"));
  stores = await openEmbeddedStores(join(folder, "unity.db"));
});
afterEach(async () => {
  await stores.store.close();
  await stores.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two plugins with one series each, which has had a sample an hour for 20 days. */
async function openKeeper(told: Pick<Log, "info" | "warn"> = log) {
  const { connection, store } = stores;
  const series = await openSeriesIndex(connection);
  const ids = { disk: 0, docker: 0 };
  for (const plugin of ["disk", "docker"] as const) {
    const name = { metric: "size_bytes", labels: {}, key: "size_bytes" };
    ids[plugin] = (await series.identify(plugin, [name], NOW))[0] ?? 0;
    const at = Array.from({ length: 20 * 24 }, (_, hour) => NOW - (20 * 24 - hour) * 3_600_000);
    store.write({ series: at.map(() => ids[plugin]), at, value: at.map(() => 1) });
  }
  await store.rollUp(NOW);
  const list = ["disk", "docker"].map((plugin) => ({ id: plugin, plugin, enabled: true, intervalSeconds: 3_600 }));
  const retention = await openRetention(connection, log);
  const instances = { list: () => list };
  const keeper = createKeeper({ store, series, instances, retention, clock: { now: () => NOW }, log: told });
  const samplesOf = (id: number) => store.usage?.().find((one) => one.series === id)?.samples ?? 0;
  return { keeper, retention, ids, samplesOf };
}

test("what is set is there after a restart, and what does not go together is refused", async () => {
  const retention = await openRetention(stores.connection, log);
  expect(retention.get()).toEqual(DEFAULT_RETENTION);
  await retention.set({ ...DEFAULT_RETENTION, rawDays: 60, plugins: { docker: 7 }, budgetBytes: 5e9 });
  expect((await openRetention(stores.connection, log)).get()).toMatchObject({ rawDays: 60, plugins: { docker: 7 } });
  await expect(retention.set({ ...DEFAULT_RETENTION, rawDays: 400 })).rejects.toMatchObject({ field: "hourlyDays" });
  await expect(retention.set({ ...DEFAULT_RETENTION, plugins: { docker: 400 } })).rejects.toMatchObject({
    field: "hourlyDays",
  });
  await expect(retention.set({ ...DEFAULT_RETENTION, hourlyDays: 4_000 })).rejects.toMatchObject({
    field: "dailyDays",
  });
  expect(retention.get()).toMatchObject({ rawDays: 60 });
});

test("the night drops a plugin's raw samples after its own time, and leaves the others theirs", async () => {
  const { keeper, retention, ids, samplesOf } = await openKeeper();
  expect(await keeper.prune()).toBe(0);
  // Chunks go whole: here each has a week.
  await retention.set({ ...DEFAULT_RETENTION, rawDays: 300, plugins: { docker: 7 } });
  expect(await keeper.prune()).toBeGreaterThan(0);
  expect(samplesOf(ids.disk)).toBe(20 * 24);
  expect(samplesOf(ids.docker)).toBeLessThan(20 * 24);
});

test("a budget shortens what is kept, and that is said once", async () => {
  const said: unknown[] = [];
  const say = vi.fn<Log["info"]>((_: unknown, words?: unknown) => void said.push(words));
  const told = { info: say, warn: say };
  const { keeper, retention } = await openKeeper(told);
  await keeper.prune();
  expect(said).toEqual([]);
  const { load } = await keeper.measure();
  expect(load.plugins.map(({ samplesPerDay }) => Math.round(samplesPerDay))).toEqual([24, 24]);
  await retention.set({ ...DEFAULT_RETENTION, budgetBytes: Math.round(load.otherBytes) + 214_500 });
  await keeper.prune();
  await keeper.prune();
  expect(said).toEqual([expect.stringContaining("kept shorter")]);
  await retention.set({ ...DEFAULT_RETENTION, budgetBytes: 1 });
  await keeper.prune();
  expect(said).toEqual([expect.anything(), expect.stringContaining("do not fit")]);
  await retention.set(DEFAULT_RETENTION);
  await keeper.prune();
  expect(said).toHaveLength(3);
  expect(said[2]).toContain("as long as it is set");
});

test("what a server keeps by itself is neither planned nor dropped", async () => {
  const { connection, store } = stores;
  const series = await openSeriesIndex(connection);
  const retention = await openRetention(connection, log);
  await retention.set({ ...DEFAULT_RETENTION, budgetBytes: 1 });
  const said: unknown[] = [];
  const told = { info: () => void said.push(1), warn: () => void said.push(1) };
  const prune = vi.fn(store.prune);
  const elsewhere = { ...store, prune, stats: async () => ({ ...(await store.stats()), serverKeeps: "1y" }) };
  const instances = { list: () => [] };
  const clock = { now: () => NOW };
  expect(await createKeeper({ store: elsewhere, series, instances, retention, clock, log: told }).prune()).toBe(0);
  expect(prune).not.toHaveBeenCalled();
  expect(said).toEqual([]);
});
