import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type SampleBatch, StoreUnavailable } from "../store";
import { recoverSpools, spoolName } from "./recover-spools";
import { openSpool } from "./spool";

async function makeFolder(names: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), "unity-spools-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [index, name] of names.entries()) {
    const spool = await openSpool(join(folder, name));
    const columns = { series: Float64Array.of(index, index), at: Float64Array.of(1, 2), value: Float64Array.of(5, 6) };
    await spool.save({ id: 1, ...columns, count: 2 });
    await spool.close();
  }
  await writeFile(join(folder, "unity.db"), "");
  return folder;
}

test("what stores left that are gone is written once; files in use are left alone", async () => {
  const mine = spoolName("01-me", "leading");
  const folder = await makeFolder([mine, spoolName("01-gone", "following"), "waiting.samples"]);
  const written: SampleBatch[] = [];
  const store = { write: (batch: SampleBatch) => void written.push(batch), flush: async () => undefined };
  expect(await recoverSpools(folder, { store, inUse: (_, id) => id === "01-me" })).toBe(4);
  expect(written.map(({ series, at, value }) => [series, at, value])).toEqual([
    [
      [1, 1],
      [1, 2],
      [5, 6],
    ],
    [
      [2, 2],
      [1, 2],
      [5, 6],
    ],
  ]);
  expect((await readdir(folder)).sort()).toEqual(["unity.db", mine].sort());
  expect(await recoverSpools(folder, { store, inUse: (_, id) => id === "01-me" })).toBe(0);
});

test("a file stays until what it has is durable", async () => {
  const folder = await makeFolder(["waiting.samples"]);
  const flush = () => Promise.reject(new StoreUnavailable("away"));
  const away = { store: { write: () => undefined, flush }, inUse: () => false };
  await expect(recoverSpools(folder, away)).rejects.toThrow("away");
  expect(await readdir(folder)).toContain("waiting.samples");
});
