import { expect, test } from "vitest";
import { createFileGate } from "./file-gate";

/** A file call that returns when the test says so. */
function hangingCall() {
  let finish = () => {};
  let calls = 0;
  const work = () => {
    calls += 1;
    return new Promise<string>((resolve) => {
      finish = () => resolve("late");
    });
  };
  return { work, finish: () => finish(), calls: () => calls };
}
const { signal } = new AbortController();
const call = (path: string, timeoutMs = 20) => ({ path, timeoutMs, signal });
const good = async () => "good";
const readMounts = async () => ["/", "/mnt/nas", "/mnt/nas/inner", "/mnt/good"];

test("a mount that hung is refused quickly, whatever the path on it, until its call returns", async () => {
  const gate = createFileGate({ threads: 8, readMounts });
  const nas = hangingCall();
  await expect(gate(call("/mnt/nas/inner/a"), nas.work)).rejects.toMatchObject({ reason: "timeout" });
  await expect(gate(call("/mnt/nas/inner/b", 60_000), nas.work)).rejects.toMatchObject({
    reason: "timeout",
    message: expect.stringContaining("/mnt/nas/inner has not answered an earlier call"),
  });
  expect(nas.calls()).toBe(1);
  expect(await gate(call("/mnt/nas/c"), good)).toBe("good");
  nas.finish();
  await expect.poll(() => gate(call("/mnt/nas/inner/b"), good)).toBe("good");
});

test("on the root file system only the path itself is refused", async () => {
  const gate = createFileGate({ threads: 8, readMounts });
  await expect(gate(call("/srv/a"), hangingCall().work)).rejects.toMatchObject({ reason: "timeout" });
  await expect(gate(call("/srv/a"), good)).rejects.toMatchObject({ reason: "timeout" });
  expect(await gate(call("/srv/b"), good)).toBe("good");
});

test("no more than half of the threads can hang, and /proc still answers then", async () => {
  const gate = createFileGate({ threads: 4, readMounts: async () => [] });
  const hanging = hangingCall();
  const calls = ["/a", "/b", "/c", "/d"].map((path) => gate(call(path), hanging.work));
  for (const result of await Promise.allSettled(calls)) expect(result.status).toBe("rejected");
  expect(hanging.calls()).toBe(2);
  await expect(gate(call("/e", 60_000), good)).rejects.toMatchObject({
    reason: "timeout",
    hint: expect.stringContaining("UV_THREADPOOL_SIZE"),
  });
  expect(await gate(call("/proc/1/cmdline"), good)).toBe("good");
});

test("calls wait in line for a turn, and whoever gives up passes it on", async () => {
  const gate = createFileGate({ threads: 2, readMounts });
  const first = hangingCall();
  const run = new AbortController();
  const holding = gate(call("/a", 60_000), first.work);
  const given = gate({ path: "/b", timeoutMs: 60_000, signal: run.signal }, good);
  const refused = expect(given).rejects.toMatchObject({ reason: "timeout" });
  const last = gate(call("/c", 60_000), good);
  run.abort();
  await refused;
  first.finish();
  expect(await holding).toBe("late");
  expect(await last).toBe("good");
});
