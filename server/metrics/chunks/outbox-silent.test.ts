import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createOutbox } from "./outbox";
import { openSpool } from "./spool";

/** A database that answers when it is told to, and what its spool's file has. */
async function openSilent() {
  const folder = await mkdtemp(join(tmpdir(), "unity-silent-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const file = join(folder, "waiting.samples");
  const spool = await openSpool(file);
  const asked: (() => void)[] = [];
  const put = () => new Promise<void>((resolve) => void asked.push(resolve));
  const outbox = createOutbox({ put, nextId: 1, flushMs: 1_000, spool });
  const readFile = async () => {
    const values: number[] = [];
    for await (const { value, count } of (await openSpool(file)).leftBehind()) values.push(...value.subarray(0, count));
    return values;
  };
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) await vi.advanceTimersByTimeAsync(1_000);
  };
  return { outbox, asked, readFile, pass, spool };
}

test("what a database does not answer for a while waits on the disk, until it does", async () => {
  const { outbox, asked, readFile, pass, spool } = await openSilent();
  outbox.add(1, 1, 5);
  await pass(2);
  outbox.add(1, 2, 6);
  await pass(5);
  expect(await readFile()).toEqual([]);
  await pass(6);
  await expect.poll(readFile).toEqual([5, 6]);
  outbox.add(1, 3, 7);
  await pass(2);
  await expect.poll(readFile).toEqual([5, 6, 7]);
  expect([outbox.waiting(), outbox.spooled()]).toEqual([3, 3]);
  for (let answered = 0; answered < 3; answered++) {
    await expect.poll(() => asked.length).toBeGreaterThan(answered);
    asked[answered]?.();
  }
  await outbox.drain();
  expect([outbox.waiting(), outbox.spooled(), spool.bytes()]).toEqual([0, 0, 0]);
});

test("who is about to end does not wait as long", async () => {
  const { outbox, readFile, pass } = await openSilent();
  outbox.add(1, 1, 5);
  await pass(2);
  outbox.add(1, 2, 6);
  outbox.stop();
  outbox.close();
  outbox.drain().catch(() => undefined);
  await pass(2);
  await expect.poll(readFile).toEqual([5, 6]);
});
