import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFailingDisk, openTestDisk, type TestDisk, whyNoDisk } from "./db/test-disk";
import { openChunkStore } from "./metrics/chunks/chunk-store";
import { openSpool } from "./metrics/chunks/spool";
import { withDatabase } from "./metrics/chunks/test-faulty-database";
import { type MetricStore, StoreUnavailable } from "./metrics/store";
import { createModel } from "./metrics/test-model";
import { DAY_0 } from "./metrics/test-subject";
import { openEmbeddedStores, type Stores } from "./open-stores";

const SERIES = [1, 2, 3];
const QUERY = { series: SERIES, from: DAY_0, to: DAY_0 + 3_600_000, maxPoints: 40 };

/** Writes rounds of samples, a second each, which no two tests of a value are alike in. */
function createRounds() {
  const model = createModel();
  let round = 0;
  return {
    model,
    /** @param rounds a batch each */
    write(store: MetricStore, rounds = 1) {
      for (let count = 0; count < rounds; count++) {
        const at = DAY_0 + 1_000 * round++;
        model.write(
          store,
          SERIES.map((series) => ({ series, at, value: Math.sin(at * series) })),
        );
      }
    },
  };
}

async function closeAll({ store, close }: Stores): Promise<void> {
  try {
    await store.close();
  } finally {
    await close();
  }
}
const messageOf = (opening: Promise<Stores>): Promise<string> =>
  opening.then(
    (stores) => closeAll(stores).then(() => "it opened"),
    (error: Error) => error.message,
  );

const noDisk = await whyNoDisk(openTestDisk);
if (noDisk) test.skip(`a disk that is full, skipped: ${noDisk}`);
else {
  const onDisk = (name: string, work: (disk: TestDisk) => Promise<void>) =>
    test(name, { timeout: 60_000 }, async () => {
      const disk = openTestDisk();
      try {
        await work(disk);
      } finally {
        await disk.close();
      }
    });

  onDisk("on a full disk samples wait and are read; with room they are written by themselves", async (disk) => {
    const file = join(disk.folder, "unity.db");
    const stores = await openEmbeddedStores(file);
    const { store, connection } = stores;
    const rounds = createRounds();
    rounds.write(store, 100);
    await store.flush();
    disk.fill();
    for (let count = 0; count < 5; count++) {
      rounds.write(store, 100);
      await expect(store.flush()).rejects.toThrow(StoreUnavailable);
    }
    await expect(store.rollUp(DAY_0)).rejects.toThrow(StoreUnavailable);
    const setting = { key: "written", value: "x".repeat(20_000) };
    await expect(connection.db.insert(connection.schema.settings).values(setting)).rejects.toThrow();
    expect(store.health?.()).toMatchObject({
      pending: 1_500,
      failing: { message: expect.stringMatching(/^There is no room left on the disk of .+-samples\.db\. Make room/) },
    });
    await rounds.model.expectRange(store, QUERY);
    rounds.model.expectLatest(store, SERIES);

    disk.makeRoom();
    await expect.poll(() => store.health?.(), { timeout: 10_000 }).toMatchObject({ pending: 0, failing: null });
    await connection.db.insert(connection.schema.settings).values(setting);
    await closeAll(stores);
    const again = await openEmbeddedStores(file);
    await rounds.model.expectRange(again.store, QUERY);
    expect((await again.store.stats()).samples).toBe(1_800);
    expect(await again.integrityCheck()).toBe("ok");
    await closeAll(again);
  });

  onDisk("stopped while its disk is full, it has all that it had acknowledged", async (disk) => {
    const file = join(disk.folder, "unity.db");
    const stores = await openEmbeddedStores(file);
    const kept = createRounds();
    kept.write(stores.store, 100);
    await stores.store.flush();
    disk.fill();
    stores.store.write({ series: SERIES.map(() => 9), at: SERIES.map((one) => DAY_0 + one), value: SERIES });
    await expect(closeAll(stores)).rejects.toThrow("There is no room left");
    disk.makeRoom();
    const again = await openEmbeddedStores(file);
    await kept.model.expectRange(again.store, QUERY);
    await closeAll(again);
  });

  onDisk("at the start a full disk is named, and what to do", async (disk) => {
    disk.fill();
    const opening = openEmbeddedStores(join(disk.folder, "unity.db"));
    expect(await messageOf(opening)).toMatch(/^There is no room left on the disk of .+unity\.db\. Make room there\.$/);
  });

  onDisk("at the start a file system that can only be read is named; after that it goes on", async (disk) => {
    const file = join(disk.folder, "unity.db");
    const stores = await openEmbeddedStores(file);
    const rounds = createRounds();
    rounds.write(stores.store, 100);
    await closeAll(stores);
    await disk.setReadOnly(true);
    const sentence = new RegExp(`^${disk.folder} is on a file system that can only be read\\. Mount it for writing`);
    expect(await messageOf(openEmbeddedStores(file))).toMatch(sentence);
    expect(await messageOf(openEmbeddedStores(join(disk.folder, "other.db")))).toMatch(sentence);
    expect(await messageOf(openEmbeddedStores(join(disk.folder, "a/new/folder.db")))).toMatch(sentence);
    await disk.setReadOnly(false);
    const again = await openEmbeddedStores(file);
    rounds.write(again.store, 100);
    await rounds.model.expectRange(again.store, QUERY);
    await closeAll(again);
  });

  onDisk("a spool whose disk is full is no worse than none: samples wait in memory", async (disk) => {
    await withDatabase(async (engine, database) => {
      const spool = await openSpool(join(disk.folder, "waiting.samples"));
      const store = await openChunkStore(engine, { name: "PostgreSQL", spool });
      const rounds = createRounds();
      database.full = true;
      rounds.write(store, 100);
      await expect(store.flush()).rejects.toThrow("full");
      expect(store.health?.()).toMatchObject({ pending: 300, spooled: 300 });
      // Room for a part of the next batch.
      disk.fill(8_192);
      rounds.write(store, 700);
      await expect(store.flush()).rejects.toThrow("full");
      expect(store.health?.()).toMatchObject({ pending: 2_400, spooled: 300 });
      await rounds.model.expectRange(store, QUERY);
      database.full = false;
      await store.flush();
      expect(store.health?.()).toMatchObject({ pending: 0, failing: null });
      await store.close();
      const again = await openChunkStore(engine, { name: "PostgreSQL" });
      await rounds.model.expectRange(again, QUERY);
      await again.close();
    });
  });

  onDisk("what lies in a spool that can only be read is written all the same", async (disk) => {
    await withDatabase(async (engine, database) => {
      const folder = join(disk.folder, "data");
      await mkdir(folder);
      const file = join(folder, "waiting.samples");
      const open = async () => openChunkStore(engine, { name: "PostgreSQL", spool: await openSpool(file) });
      const rounds = createRounds();
      const store = await open();
      database.full = true;
      rounds.write(store, 100);
      await expect(store.close()).rejects.toThrow("full");
      database.full = false;
      await disk.setReadOnly(true);
      for (let start = 0; start < 2; start++) {
        const again = await open();
        rounds.write(again, 100);
        await again.flush();
        await rounds.model.expectRange(again, QUERY);
        await again.close();
      }
      await disk.setReadOnly(false);
    });
  });
}

const noFailing = await whyNoDisk(openFailingDisk);
test.skipIf(noFailing)(`a disk that fails while it is used${noFailing ? `, skipped: ${noFailing}` : ""}`, async () => {
  const disk = openFailingDisk();
  try {
    const file = join(disk.folder, "unity.db");
    const stores = await openEmbeddedStores(file);
    const kept = createRounds();
    kept.write(stores.store, 100);
    await stores.store.flush();
    disk.fail();
    stores.store.write({ series: [9], at: [DAY_0], value: [1] });
    await expect(stores.store.flush()).rejects.toThrow(
      "is on a file system that can only be read. Mount it for writing",
    );
    await kept.model.expectRange(stores.store, QUERY);
    expect(stores.store.latest([9])).toHaveLength(1);
    await expect(closeAll(stores)).rejects.toThrow(StoreUnavailable);
    await disk.repair();
    const again = await openEmbeddedStores(file);
    await kept.model.expectRange(again.store, QUERY);
    expect(await again.integrityCheck()).toBe("ok");
    await closeAll(again);
  } finally {
    await disk.close();
  }
});
