import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import { createPostgresDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { DAY_MS, HOUR_MS } from "../grid";
import type { MetricStore, Rollups } from "../store";
import { DAY_0 } from "../test-subject";
import { setUpTimescale } from "./set-up";
import { connectPatiently } from "./test-connect";
import { openTimescaleStore } from "./timescale-store";

// As WebAssembly, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const options = { migrationsFolder: join(folders.migrations, "postgres") };

const hours = (counts: readonly number[]): Rollups => {
  const column = (of: (count: number, index: number) => number) => Float64Array.from(counts, of);
  return {
    series: 1,
    tierSeconds: 3_600,
    at: column((_, index) => DAY_0 + index * HOUR_MS),
    count: column((count) => count),
    sum: column((count, index) => (index === 0 ? 1.5e308 : 2 * count)),
    min: column(() => 1),
    max: column((_, index) => (index === 0 ? 1.5e308 : 3)),
    last: column(() => 2),
  };
};

async function exported(store: MetricStore, tierSeconds: 3_600 | 86_400): Promise<Rollups[]> {
  const all: Rollups[] = [];
  for await (const one of store.rollups?.export({ series: [1, 2], tierSeconds }) ?? []) all.push(one);
  return all;
}

describeWith("timescale", (server) => {
  test("rollups of another store are taken in twice, the fuller bucket stays, and what has no samples is never refreshed away", async () => {
    const database = await createPostgresDatabase(server);
    const { engine, close } = await connectPatiently(database.url, options);
    await setUpTimescale(engine, { policies: null });
    const store = await openTimescaleStore(engine);
    const starts = { rawFrom: DAY_0 + 2 * DAY_MS, hourlyFrom: DAY_0 - 10 * DAY_MS, dailyFrom: DAY_0 - 20 * DAY_MS };
    store.write({ series: [1], at: [starts.rawFrom + 1], value: [7] });
    await store.rollUp(starts.rawFrom + 3 * DAY_MS);
    await store.rollups?.import([hours([5, 10, 10])]);
    await store.rollups?.import([hours([5, 20, 5])]);
    await store.rollups?.beginAt(starts);
    expect(store.rollups?.starts()).toEqual(starts);
    store.write({ series: [1, 2], at: [starts.rawFrom + 2, DAY_0], value: [8, 1] });
    await store.rollUp(starts.rawFrom + 4 * DAY_MS);

    const [mine, ...others] = await exported(store, 3_600);
    expect(others).toEqual([]);
    expect([...(mine?.count ?? [])]).toEqual([5, 20, 10, 2]);
    expect([...(mine?.sum ?? [])]).toEqual([1.5e308, 40, 20, 15]);
    const [days] = await exported(store, 86_400);
    expect([...(days?.count ?? [])]).toEqual([2]);
    await store.close();
    await close();
    await database.drop();
  });
});
