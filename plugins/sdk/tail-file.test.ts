import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import type { TailEnd, TailOptions, TailPlace } from "./tail-file";
import { tailFile } from "./tail-file";

const { doors } = createDoors({ signal: new AbortController().signal });
const { signal } = new AbortController();
const BASE: TailOptions = {
  encoding: "utf-8",
  startAt: "beginning",
  maxLineBytes: 100,
  maxLines: 1_000,
  maxBytes: 8 * 1_024 * 1_024,
};

let folder = "";
let path = "";
let place: TailPlace | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unity-tail-"));
  path = join(folder, "app.log");
  place = undefined;
});
afterEach(() => rmSync(folder, { recursive: true }));

async function read(options: Partial<TailOptions> = {}) {
  const seen = { lines: [] as string[], rotations: 0, lost: 0, cut: 0 };
  const end: TailEnd = await tailFile({ ...doors, signal }, path, place, { ...BASE, ...options }, (step) => {
    place = step.place;
    seen.lines.push(...step.lines);
    seen.rotations += Number(step.rotated);
    seen.lost += Number(step.lost);
    seen.cut += step.cut;
    return true;
  });
  return { ...seen, ...end };
}
const lines = async (options?: Partial<TailOptions>) => (await read(options)).lines;

test("reads each line once, and an unfinished one when it is finished", async () => {
  writeFileSync(path, "one\ntwo\nthr");
  expect(await lines()).toEqual(["one", "two"]);
  expect(await lines()).toEqual([]);
  appendFileSync(path, "ee\r\n\nfour\n");
  expect(await lines()).toEqual(["three", "", "four"]);
});

test("begins at the end of the last whole line", async () => {
  writeFileSync(path, "old\nhalf");
  expect(await lines({ startAt: "end" })).toEqual([]);
  appendFileSync(path, " and whole\n");
  expect(await lines()).toEqual(["half and whole"]);
});

test("begins within a line that is longer than the limit, and takes the next", async () => {
  writeFileSync(path, "x".repeat(1_000));
  expect(await lines({ startAt: "end" })).toEqual([]);
  appendFileSync(path, "xxx\nnext\n");
  expect(await lines()).toEqual(["next"]);
});

test("a renamed log is read to its end before its successor", async () => {
  writeFileSync(path, "one\n");
  await lines();
  appendFileSync(path, "two\nunfinished");
  renameSync(path, `${path}.1`);
  writeFileSync(path, "three\n");
  expect(await read()).toMatchObject({ lines: ["two", "unfinished", "three"], rotations: 1, lost: 0 });
});

test("a program that goes on writing to the renamed log is followed until the new one has something", async () => {
  writeFileSync(path, "one\n");
  await lines();
  renameSync(path, `${path}.1`);
  expect(await read()).toMatchObject({ lines: [], present: false });
  writeFileSync(path, "");
  appendFileSync(`${path}.1`, "two\n");
  expect(await read()).toMatchObject({ lines: ["two"], present: true, rotations: 0 });
  appendFileSync(`${path}.1`, "three\n");
  appendFileSync(path, "four\n");
  expect(await read()).toMatchObject({ lines: ["three", "four"], rotations: 1 });
});

test("a log that was copied and emptied is read to its end in the copy", async () => {
  writeFileSync(path, "one\n");
  await lines();
  appendFileSync(path, "two\n");
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  appendFileSync(path, "three\n");
  expect(await read()).toMatchObject({ lines: ["two", "three"], rotations: 1, lost: 0 });
});

test("an emptied log that grew beyond the old place is begun anew", async () => {
  writeFileSync(path, "one\n");
  await lines();
  writeFileSync(path, "four\nfive\nsix\n");
  expect(await read()).toMatchObject({ lines: ["four", "five", "six"], rotations: 1 });
});

test("a hole before the lines of a log that was emptied under its program is passed over", async () => {
  writeFileSync(path, "one\n");
  await lines();
  writeFileSync(path, Buffer.concat([Buffer.alloc(300_000), Buffer.from("two\n")]));
  expect(await lines()).toEqual(["two"]);
});

test("a deleted log loses what was not read, and says so", async () => {
  writeFileSync(path, "one\ntwo\n");
  expect(await lines({ maxLines: 1 })).toEqual(["one"]);
  unlinkSync(path);
  await expect(read()).rejects.toMatchObject({ reason: "not_found" });
  writeFileSync(path, "three\n");
  expect(await read()).toMatchObject({ lines: ["three"], lost: 1 });
});

test("two rotations between two runs: the older file is finished, the one between is lost from sight", async () => {
  writeFileSync(path, "one\n");
  await lines();
  appendFileSync(path, "two\n");
  renameSync(path, `${path}.2`);
  writeFileSync(`${path}.1`, "between\n");
  writeFileSync(path, "three\n");
  expect(await lines()).toEqual(["two", "three"]);
});

test("compressed siblings are no successor", async () => {
  writeFileSync(path, "one\n");
  await lines();
  renameSync(path, `${path}.1.gz`);
  writeFileSync(path, "two\n");
  expect(await read()).toMatchObject({ lines: ["two"], rotations: 1 });
});

test("a line without end is cut at the limit, and its rest passed over", async () => {
  writeFileSync(path, `${"a".repeat(500_000)}`);
  const first = await read();
  expect(first).toMatchObject({ cut: 1, unreadBytes: 0 });
  expect(first.lines).toEqual(["a".repeat(100)]);
  appendFileSync(path, `${"a".repeat(500_000)}\nb\n`);
  expect(await lines()).toEqual(["b"]);
  appendFileSync(path, `${"c".repeat(101)}\nd\n`);
  expect(await read()).toMatchObject({ lines: ["c".repeat(100), "d"], cut: 1 });
});

test("reads no more than allowed in one run, and goes on in the next", async () => {
  writeFileSync(path, Array.from({ length: 100_000 }, (_, index) => `line ${index}\n`).join(""));
  const seen = [...(await lines({ maxLines: 30_000 })), ...(await lines({ maxLines: 30_000 }))];
  expect(seen).toHaveLength(60_000);
  expect(seen.at(-1)).toBe("line 59999");
  const rest = await read({ maxLines: 1e6, maxBytes: 200_000 });
  expect(rest.unreadBytes).toBeGreaterThan(100_000);
  expect(rest.lines[0]).toBe("line 60000");
});

test("a rotated log that takes several runs is finished over them", async () => {
  writeFileSync(path, "a\nb\nc\nd\n");
  await lines({ maxLines: 1 });
  renameSync(path, `${path}.1`);
  writeFileSync(path, "e\n");
  expect(await lines({ maxLines: 2 })).toEqual(["b", "c"]);
  expect(await lines({ maxLines: 2 })).toEqual(["d", "e"]);
});

test("bytes that are no text become a sign, and eat no line", async () => {
  writeFileSync(path, Buffer.from([0x61, 0xff, 0xc3, 0x0a, 0xf0, 0x9f, 0x0a, 0x62, 0x0a]));
  expect(await lines()).toEqual(["a\ufffd\ufffd", "\ufffd", "b"]);
});

test("reads Latin-1 and UTF-16, also where a letter has a byte 10", async () => {
  writeFileSync(path, Buffer.from("gr\u00fc\u00dfe\n", "latin1"));
  expect(await lines({ encoding: "latin1" })).toEqual(["gr\u00fc\u00dfe"]);
  place = undefined;
  writeFileSync(path, Buffer.from("\ufeffone\r\n\u0a41\u0a0a\n", "utf16le"));
  expect(await lines({ encoding: "utf-16le" })).toEqual(["one", "\u0a41\u0a0a"]);
  appendFileSync(path, Buffer.from("two\nthree\n", "utf16le"));
  expect(await lines({ encoding: "utf-16le" })).toEqual(["two", "three"]);
  place = undefined;
  expect(await lines({ encoding: "utf-16le", startAt: "end" })).toEqual([]);
});
