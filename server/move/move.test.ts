import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedStores, type Stores } from "../open-stores";
import { exportArchive } from "./export-archive";
import { importArchive, openArchive } from "./import-archive";
import { moveDatabase } from "./move-database";
import { addConfiguration, addHistory, answersOf } from "./test-installation";

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "unity-move-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function open(file: string): Promise<Stores> {
  const stores = await openEmbeddedStores(file);
  onTestFinished(() => close(stores));
  return stores;
}
async function close({ store, close: closeDatabase }: Stores): Promise<void> {
  await store.close();
  await closeDatabase();
}

const quiet = { isRunning: false, runs: true, say: () => undefined };

async function importInto(target: Stores, file: string, merge = false) {
  const archive = await openArchive(file);
  onTestFinished(() => archive.close());
  return importArchive(target, { archive, merge, shown: "the target" });
}

test("an archive has everything: configuration, samples, and a year whose samples are gone", async () => {
  const folder = await makeFolder();
  const source = await open(join(folder, "a.db"));
  await addHistory(source, await addConfiguration(source));
  const file = join(folder, "a.unity");
  const { totals } = await exportArchive(source, { ...quiet, file });
  expect(totals.series).toBe(16);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const target = await open(join(folder, "b.db"));
  const filled = await importInto(target, file);
  expect(filled).toMatchObject({ renamed: [], tooOld: 0, samples: totals.samples, rollups: totals.rollups });
  expect(await answersOf(target)).toEqual(await answersOf(source));
});

test("a move needs no file", async () => {
  const folder = await makeFolder();
  const source = await open(join(folder, "a.db"));
  await addHistory(source, await addConfiguration(source));
  const target = await open(join(folder, "b.db"));
  await moveDatabase(source, target, { isRunning: false, runs: true, merge: false, shown: "the target" });
  expect(await answersOf(target)).toEqual(await answersOf(source));
});

test("an empty installation can be moved", async () => {
  const folder = await makeFolder();
  const source = await open(join(folder, "a.db"));
  const file = join(folder, "a.unity");
  await exportArchive(source, { ...quiet, file });
  const target = await open(join(folder, "b.db"));
  await importInto(target, file);
  expect(await answersOf(target)).toEqual(await answersOf(source));
});
