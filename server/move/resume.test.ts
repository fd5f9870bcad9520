import { copyFile, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportArchive } from "./export-archive";
import { openArchive } from "./import-archive";
import { moveDatabase } from "./move-database";
import { closeFile, importInto, makeFolder, openFile, QUIET } from "./test-folder";
import { addConfiguration, addHistory, answersOf } from "./test-installation";
import { warnOfUnfinished } from "./warn-unfinished";

const STOPPED = new Error("stopped");
/** Every so many pieces. */
const stopAfter = (pieces: number) => {
  const stopping = new AbortController();
  let left = pieces;
  return { signal: stopping.signal, took: () => void (--left === 0 && stopping.abort(STOPPED)) };
};

async function makeSource(folder: string) {
  const source = await openFile(join(folder, "a.db"));
  await addHistory(source, await addConfiguration(source));
  return source;
}

test("an import that is stopped again and again has everything in the end", async () => {
  const folder = await makeFolder();
  const source = await makeSource(folder);
  const file = join(folder, "a.unity");
  await exportArchive(source, { ...QUIET, file });
  // In the rows, the samples, the hours and the days.
  for (const pieces of [3, 13, 60, 190]) {
    const target = await openFile(join(folder, "b.db"));
    await expect(importInto(target, file, stopAfter(pieces)), `${pieces} pieces`).rejects.toBe(STOPPED);
    await closeFile(target);
  }
  const target = await openFile(join(folder, "b.db"));
  expect(await importInto(target, file)).toMatchObject({ series: 16, samples: 0 });
  expect(await answersOf(target)).toEqual(await answersOf(source));
});

test("a Unity that starts after an import broke off says so, and no longer once that was finished", async () => {
  const folder = await makeFolder();
  const source = await makeSource(folder);
  const file = join(folder, "a.unity");
  await exportArchive(source, { ...QUIET, file });
  const target = await openFile(join(folder, "b.db"));
  const said: string[] = [];
  const log = { warn: (_: object, line: string) => void said.push(line) };
  await warnOfUnfinished(target.connection, log);
  await expect(importInto(target, file, stopAfter(13))).rejects.toBe(STOPPED);
  await warnOfUnfinished(target.connection, log);
  expect(said).toEqual([expect.stringMatching(/broke off: .+ run the same command again/)]);
  await importInto(target, file);
  await warnOfUnfinished(target.connection, log);
  expect(said).toHaveLength(1);
});

test("a move that is stopped goes on, unless the source has changed since", async () => {
  const folder = await makeFolder();
  const source = await makeSource(folder);
  const target = await openFile(join(folder, "b.db"));
  const moving = { isRunning: false, runs: true, merge: false, shown: "the target" };
  await expect(moveDatabase(source, target, { ...moving, ...stopAfter(12) })).rejects.toBe(STOPPED);
  const { db, schema } = source.connection;
  await db.update(schema.plugins).set({ updatedAt: 5 });
  await expect(moveDatabase(source, target, moving)).rejects.toThrow("a part of another archive");
  await db.update(schema.plugins).set({ updatedAt: 6 });
  await expect(moveDatabase(source, target, { ...moving, merge: true })).resolves.toMatchObject({ series: 16 });
});

test("an export that was cut off anywhere goes on to the same archive", async () => {
  const folder = await makeFolder();
  const source = await makeSource(folder);
  const whole = join(folder, "whole.unity");
  await exportArchive(source, { ...QUIET, file: whole });
  const expected = await readFile(whole);
  const { size } = await stat(whole);
  for (const share of [0.2, 0.5, 0.8, 0.999]) {
    const file = join(folder, "cut.unity");
    await copyFile(whole, file);
    await truncate(file, Math.floor(size * share));
    await exportArchive(source, { ...QUIET, file });
    expect((await readFile(file)).equals(expected), `cut at ${share}`).toBe(true);
  }
});

test("an export begins anew when its source has changed", async () => {
  const folder = await makeFolder();
  const source = await makeSource(folder);
  const file = join(folder, "a.unity");
  await exportArchive(source, { ...QUIET, file });
  await truncate(file, Math.floor((await stat(file)).size / 2));
  await source.connection.db.update(source.connection.schema.plugins).set({ updatedAt: 5 });
  const said: string[] = [];
  await exportArchive(source, { ...QUIET, file, say: (line) => void said.push(line) });
  expect(said).toEqual([expect.stringContaining("it begins anew")]);
  const target = await openFile(join(folder, "b.db"));
  await importInto(target, file);
  expect(await answersOf(target)).toEqual(await answersOf(source));
});

test("a file that is something else is never written over, nor a whole archive", async () => {
  const folder = await makeFolder();
  const source = await openFile(join(folder, "a.db"));
  const file = join(folder, "letter.txt");
  await writeFile(file, "Dear Ada");
  await expect(exportArchive(source, { ...QUIET, file })).rejects.toThrow("is no archive of Unity");
  expect(await readFile(file, "utf8")).toBe("Dear Ada");
  const whole = join(folder, "a.unity");
  await exportArchive(source, { ...QUIET, file: whole });
  await expect(exportArchive(source, { ...QUIET, file: whole })).rejects.toThrow("a complete archive already");
});

test("an archive that was cut off or changed anywhere is refused with the place, before anything is written", async () => {
  const folder = await makeFolder();
  const source = await makeSource(folder);
  const file = join(folder, "a.unity");
  await exportArchive(source, { ...QUIET, file });
  const bytes = await readFile(file);
  const target = await openFile(join(folder, "b.db"));
  const empty = await answersOf(target);
  const bad = join(folder, "bad.unity");
  const places = Array.from({ length: 60 }, (_, index) => Math.floor((bytes.length * (index + 0.5)) / 60));
  for (const place of [...places, 0, 8, 9, 13, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
    await writeFile(bad, changed);
    await expect(importInto(target, bad), `byte ${place}`).rejects.toThrow(/^.*bad\.unity: .*\(at byte \d+\)$/s);
    await writeFile(bad, bytes.subarray(0, place));
    await expect(openArchive(bad), `cut at ${place}`).rejects.toThrow(/\(at byte \d+\)$/);
  }
  await writeFile(bad, Buffer.concat([bytes, Buffer.from("x")]));
  await expect(openArchive(bad)).rejects.toThrow("Something follows the end");
  expect(await answersOf(target)).toEqual(empty);
});
