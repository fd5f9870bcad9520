import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compress } from "snappyjs";
import { expect, test } from "vitest";
import { TooLarge, ungzip, unsnap } from "./inflate";
import { PushFault } from "./pushed";

const text = Buffer.from("series ".repeat(1_000));

test("what was compressed comes back", async () => {
  expect(unsnap(Buffer.from(compress(text)), text.length).equals(text)).toBe(true);
  expect((await ungzip(gzipSync(text), text.length)).equals(text)).toBe(true);
});

test("one byte more than is allowed is too large", async () => {
  expect(() => unsnap(Buffer.from(compress(text)), text.length - 1)).toThrow(TooLarge);
  await expect(ungzip(gzipSync(text), text.length - 1)).rejects.toThrow(TooLarge);
});

test.each([
  ["nothing", ""],
  ["a length without an end", "ffffffffffff"],
  ["more than so few bytes can hold", "ffff7f00"],
  ["a copy from before the beginning", "08 01 05"],
  ["a literal beyond the end", "08 f0 ff"],
])("no snappy: %s", (_, hex) => {
  expect(() => unsnap(Buffer.from(hex.replaceAll(" ", ""), "hex"), 1_000_000_000)).toThrow(PushFault);
});

test("no gzip, half a gzip", async () => {
  for (const bytes of [Buffer.from("no gzip"), gzipSync(text).subarray(0, 20)])
    await expect(ungzip(bytes, 1_000_000)).rejects.toThrow(PushFault);
});

test("a gigabyte in a megabyte is refused, and no memory is taken for it", async () => {
  const child = fork(fileURLToPath(new URL("./test-bomb.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
  const [said] = (await once(child, "message")) as [{ refused: string[]; grownBytes: number; laterBytes: number }];
  expect(said.refused).toEqual(["gzip: TooLarge", "snappy: TooLarge", "snappy that lies: PushFault"]);
  // Of 32 MB that are allowed there are copies, which go when they are looked for; and it does not go on.
  expect(said.grownBytes).toBeLessThan(160 * 1_048_576);
  expect(said.laterBytes).toBeLessThan(32 * 1_048_576);
}, 60_000);
