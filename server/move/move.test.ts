import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportArchive } from "./export-archive";
import { moveDatabase } from "./move-database";
import { importInto, makeFolder, openFile, QUIET } from "./test-folder";
import { addConfiguration, addHistory, answersOf } from "./test-installation";

test("an archive has everything: configuration, samples, and a year whose samples are gone", async () => {
  const folder = await makeFolder();
  const source = await openFile(join(folder, "a.db"));
  await addHistory(source, await addConfiguration(source));
  const file = join(folder, "a.unity");
  const { totals } = await exportArchive(source, { ...QUIET, file });
  expect(totals.series).toBe(16);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const target = await openFile(join(folder, "b.db"));
  const filled = await importInto(target, file);
  expect(filled).toMatchObject({ renamed: [], tooOld: 0, samples: totals.samples, rollups: totals.rollups });
  expect(await answersOf(target)).toEqual(await answersOf(source));
});

test("a move needs no file", async () => {
  const folder = await makeFolder();
  const source = await openFile(join(folder, "a.db"));
  await addHistory(source, await addConfiguration(source));
  const target = await openFile(join(folder, "b.db"));
  await moveDatabase(source, target, { isRunning: false, runs: true, merge: false, shown: "the target" });
  expect(await answersOf(target)).toEqual(await answersOf(source));
});

test("an empty installation can be moved", async () => {
  const folder = await makeFolder();
  const source = await openFile(join(folder, "a.db"));
  const file = join(folder, "a.unity");
  await exportArchive(source, { ...QUIET, file });
  const target = await openFile(join(folder, "b.db"));
  await importInto(target, file);
  expect(await answersOf(target)).toEqual(await answersOf(source));
});
