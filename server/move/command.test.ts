import { access } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DatabaseInUse } from "../db/database-lock";
import { runMoving, WrongUse } from "./command";
import { closeFile, makeFolder, openFile } from "./test-folder";
import { addConfiguration, addHistory, answersOf, DAY_0 } from "./test-installation";

/** Runs the command in this process. @returns what it said */
async function unity(args: readonly string[], signal = new AbortController().signal): Promise<string> {
  const said: string[] = [];
  const screen = { isTTY: false, columns: 80, write: (text: string) => said.push(text) };
  await runMoving(args, { env: {}, signal, screen });
  return said.join("");
}

test("a running Unity may be exported; nothing is imported into it", async () => {
  const folder = await makeFolder();
  const at = (name: string) => `sqlite:${join(folder, `${name}.db`)}`;
  const file = join(folder, "a.unity");
  const running = await openFile(join(folder, "a.db"));
  const ids = await addConfiguration(running);
  await addHistory(running, ids);
  const samples = ids.map((series) => ({ series, at: DAY_0 + 11 * 3_600_000, value: 7 }));
  running.store.write({
    series: samples.map(({ series }) => series),
    at: samples.map((sample) => sample.at),
    value: samples.map(({ value }) => value),
  });
  await running.store.flush();
  expect(await unity(["export", file, "--from", at("a"), "--runs"])).toContain("is in its memory, and is left out");
  await expect(unity(["import", file, "--to", at("a"), "--merge"])).rejects.toThrow(DatabaseInUse);
  expect(await unity(["import", file, "--to", at("b")])).toContain("has everything");
  const copy = await openFile(join(folder, "b.db"));
  expect(await answersOf(copy)).toEqual(await answersOf(running));
  // And it goes on as if nobody had looked.
  await running.store.rollUp(Date.now());
  await closeFile(running);
  expect(await answersOf(await openFile(join(folder, "a.db")))).toEqual(await answersOf(copy));
});

test("a database that is not there is not made by an export", async () => {
  const folder = await makeFolder();
  const file = join(folder, "missing.db");
  await expect(unity(["export", join(folder, "a.unity"), "--from", `sqlite:${file}`])).rejects.toThrow("is not there");
  await expect(access(file)).rejects.toThrow();
});

test("a move into the database it comes from is refused", async () => {
  const folder = await makeFolder();
  const url = `sqlite:${join(folder, "a.db")}`;
  await closeFile(await openFile(join(folder, "a.db")));
  await expect(unity(["move", "--from", url, "--to", url])).rejects.toThrow(DatabaseInUse);
});

test.each([
  [[], "What shall be moved?"],
  [["sideways"], 'There is no "unity sideways"'],
  [["import"], "wants the name of a file"],
  [["export", "a", "b"], "one word too many"],
  [["move", "--from", "sqlite:a"], "--to URL"],
  [["export", "--from", "ftp://x"], "--from is given, but must begin with sqlite:"],
  [["export", "--loud"], "--loud"],
])("%j is not understood", async (args, message) => {
  await expect(unity(args)).rejects.toThrow(WrongUse);
  await expect(unity(args)).rejects.toThrow(message);
});
