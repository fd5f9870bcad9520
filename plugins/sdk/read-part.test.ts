import { expect, test } from "vitest";
import { CollectError } from "./errors";
import { createMemory } from "./memory";
import { readPart, readPartEvery } from "./read-part";

function listen() {
  const told: string[] = [];
  return { told, partial: (reason: string, message: string) => void told.push(`${reason}: ${message}`) };
}
const signal = new AbortController().signal;
const refuse = () => Promise.reject(new CollectError("permission", "Not for you."));

test("tells what could not be read, and goes on", async () => {
  const report = listen();
  expect(await readPart({ signal }, report, async () => 3)).toBe(3);
  expect(await readPart({ signal }, report, refuse)).toBeUndefined();
  expect(report.told).toEqual(["permission: Not for you."]);
});

test("a reason that is fatal ends the run", async () => {
  const report = listen();
  const memory = createMemory(() => 0);
  const fatal = ["permission"] as const;
  await expect(readPart({ signal }, report, refuse, { fatal })).rejects.toThrow("Not for you.");
  const part = { key: "disk", seconds: 60, fatal };
  await expect(readPartEvery({ signal, memory }, report, part, refuse)).rejects.toThrow("Not for you.");
  expect(report.told).toEqual([]);
});

test("does not hide a mistake of the plugin, nor that the run was ended", async () => {
  const report = listen();
  await expect(readPart({ signal }, report, () => Promise.reject(new TypeError("oops")))).rejects.toThrow("oops");
  await expect(readPart({ signal: AbortSignal.abort() }, report, refuse)).rejects.toThrow("Not for you.");
  expect(report.told).toEqual([]);
});

test("reads a costly part when it is due, and tells its failure until it succeeds", async () => {
  let now = 0;
  let reads = 0;
  const memory = createMemory(() => now);
  const run = async (at: number, read: () => Promise<void>) => {
    now = at;
    const report = listen();
    await readPartEvery({ signal, memory }, report, { key: "disk", seconds: 60 }, () => {
      reads += 1;
      return read();
    });
    return report.told;
  };
  expect(await run(0, refuse)).toEqual(["permission: Not for you."]);
  expect(await run(30_000, async () => {})).toEqual(["permission: Not for you."]);
  expect(await run(60_000, async () => {})).toEqual([]);
  expect(await run(90_000, refuse)).toEqual([]);
  expect(reads).toBe(2);
});
