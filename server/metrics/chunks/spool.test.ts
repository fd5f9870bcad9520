import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR_MS } from "../grid";
import { createModel } from "../test-model";
import { collect, DAY_0 } from "../test-subject";
import { openChunkStore } from "./chunk-store";
import type { Batch } from "./outbox";
import { openSpool } from "./spool";
import { rows, withDatabase } from "./test-faulty-database";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-spool-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const batchOf = (id: number): Batch => ({
  id,
  series: Float64Array.of(1, 2),
  at: Float64Array.of(DAY_0 + id, DAY_0 + id),
  value: Float64Array.of(id, -id),
  count: 2,
});
const idsOf = async (file: string) => {
  const spool = await openSpool(file);
  const ids: number[] = [];
  for await (const { id } of spool.leftBehind()) ids.push(id);
  await spool.close();
  return ids;
};

test("batches are there after the process ended, in order, until they are cleared", async () => {
  const file = join(folder, "order");
  const spool = await openSpool(file);
  const places = [await spool.save(batchOf(1)), await spool.save(batchOf(2))];
  expect(await spool.load(places[1] ?? { at: 0, bytes: 0 }, 2)).toEqual(batchOf(2));
  await spool.close();
  expect(await idsOf(file)).toEqual([1, 2]);
  const again = await openSpool(file);
  await again.clear();
  expect(again.bytes()).toBe(0);
  await again.close();
  expect(await idsOf(file)).toEqual([]);
});

test("a batch that was being written when the process was killed is left out, wherever it was cut", async () => {
  const file = join(folder, "cut");
  const spool = await openSpool(file);
  await spool.save(batchOf(1));
  const whole = spool.bytes();
  await spool.save(batchOf(2));
  const all = spool.bytes();
  await spool.close();
  const bytes = await readFile(file);
  for (let length = whole; length < all; length++) {
    await writeFile(file, bytes);
    await truncate(file, length);
    expect(await idsOf(file)).toEqual([1]);
  }
  await writeFile(file, bytes);
  await appendFile(file, Buffer.alloc(100, 7));
  expect(await idsOf(file)).toEqual([1, 2]);
});

test("a spool has a bound", async () => {
  const one = await openSpool(join(folder, "one"));
  await one.save(batchOf(1));
  const spool = await openSpool(join(folder, "bound"), one.bytes() * 2.5);
  await one.close();
  const saved = [await spool.save(batchOf(1)), await spool.save(batchOf(2)), await spool.save(batchOf(3))];
  expect(saved.map(Boolean)).toEqual([true, true, false]);
  await spool.close();
});

test("while the database is away samples wait on the disk, are read as ever, and are written in order when it is back", async () => {
  const file = join(folder, "away");
  await withDatabase(async (engine, disk) => {
    const options = async () => ({ name: "PostgreSQL", spool: await openSpool(file) });
    const model = createModel();
    const query = { series: [1, 2], from: DAY_0, to: DAY_0 + HOUR_MS };
    const write = (store: Awaited<ReturnType<typeof openChunkStore>>, series: number, from: number) => {
      const { at, value } = rows(series, 10, DAY_0 + from);
      model.write(
        store,
        at.map((instant, index) => ({ series, at: instant, value: value[index] ?? 0 })),
      );
    };
    let store = await openChunkStore(engine, await options());
    write(store, 1, 0);
    await store.flush();
    disk.full = true;
    for (let round = 1; round <= 5; round++) {
      write(store, 1 + (round % 2), round * 100);
      await expect(store.flush()).rejects.toThrow("full");
    }
    expect(await store.stats()).toMatchObject({ pending: 50 });
    await model.expectWindow(store, query);
    // Back, away again, and the process ends while it is away.
    disk.full = false;
    await store.flush();
    expect(await store.stats()).toMatchObject({ pending: 0 });
    disk.full = true;
    write(store, 1, 1_000);
    await expect(store.close()).rejects.toThrow("full");
    disk.full = false;
    store = await openChunkStore(engine, await options());
    await model.expectWindow(store, query);
    model.expectLatest(store, [1, 2]);
    await store.seal();
    await store.close();
    const again = await openChunkStore(engine, await options());
    expect(await collect(again, query)).toEqual([1, 2].flatMap((series) => model.samplesOf(series)));
    await again.close();
  });
});

test("what waits in a file that somebody else removed is still there for who wrote it", async () => {
  const file = join(folder, "removed.samples");
  const spool = await openSpool(file);
  const first = await spool.save(batchOf(1));
  await rm(file);
  const second = await spool.save(batchOf(2));
  for (const [index, place] of [first, second].entries())
    expect((await spool.load(place ?? { at: 0, bytes: 0 }, index + 1)).value).toEqual(batchOf(index + 1).value);
  await spool.close();
});
