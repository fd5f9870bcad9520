import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTestDisk, whyNoDisk } from "../db/test-disk";
import { makeFolder } from "../move/test-folder";
import { saveFile } from "./save-file";

async function* blocks(count: number, bytes = 64 * 1_024, fails = false): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(bytes, index);
  if (fails) throw new Error("The source has gone away.");
}

test("a file is there when all of it is, for its owner's eyes only", async () => {
  const folder = await makeFolder();
  const file = join(folder, "a");
  expect(await saveFile(file, blocks(3, 10))).toBe(30);
  expect([...(await readFile(file))].at(-1)).toBe(2);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["a"]);
});

test("of a source that ends too early nothing is left", async () => {
  const folder = await makeFolder();
  await expect(saveFile(join(folder, "a"), blocks(3, 10, true))).rejects.toThrow("gone away");
  expect(await readdir(folder)).toEqual([]);
  await expect(saveFile(join(folder, "none", "a"), blocks(1))).rejects.toThrow(/none\/a cannot be written: .*ENOENT/);
});

const noDisk = await whyNoDisk(openTestDisk);
test.skipIf(noDisk)(`on a disk that is full nothing is left${noDisk ? `, skipped: ${noDisk}` : ""}`, async () => {
  const disk = openTestDisk();
  try {
    await expect(saveFile(join(disk.folder, "a"), blocks(1_000))).rejects.toThrow(
      /^There is no room left on the disk of .+\/a\. Make room there\.$/,
    );
    expect(await readdir(disk.folder)).toEqual([]);
  } finally {
    await disk.close();
  }
});
