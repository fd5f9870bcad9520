import { type ChildProcess, spawn } from "node:child_process";
import { expect, test, vi } from "vitest";
import { createHardware } from "./hardware";

const WAIT = { timeout: 15_000, interval: 20 };
const NOTHING = { memory: [], graphics: [], disks: [] };
const says = (text: string) => () => spawn(process.execPath, ["-e", `process.stdout.write(${JSON.stringify(text)})`]);

test("answers at once, later with this machine's parts", async () => {
  const hardware = createHardware(Date.now);
  expect(hardware()).toBeUndefined();
  await vi.waitFor(() => expect(hardware()).toBeDefined(), { timeout: 60_000, interval: 100 });
  expect(hardware()?.disks).toBeInstanceOf(Array);
}, 70_000);

test("asks again after six hours, and not before", async () => {
  let now = 0;
  const start = vi.fn(says(JSON.stringify(NOTHING)));
  const hardware = createHardware(() => now, start);
  hardware();
  now = 6 * 3_600_000 - 1;
  hardware();
  expect(start).toHaveBeenCalledTimes(1);
  now++;
  hardware();
  expect(start).toHaveBeenCalledTimes(2);
});

test.each([
  ["nonsense", says("not JSON")],
  ["another shape", says('{"memory":[{"slot":5}]}')],
  ["no such program", () => spawn("/nowhere/unity-no-such-program")],
])("%s leaves what is known", async (_, broken: () => ChildProcess) => {
  let now = 0;
  const starts = [says(JSON.stringify(NOTHING)), broken];
  let last: ChildProcess | undefined;
  const hardware = createHardware(
    () => now,
    () => {
      last = (starts.shift() ?? broken)();
      return last;
    },
  );
  hardware();
  await vi.waitFor(() => expect(hardware()).toEqual(NOTHING), WAIT);
  now = 6 * 3_600_000;
  hardware();
  await vi.waitFor(() => expect(last?.exitCode !== null || last?.pid === undefined).toBe(true), WAIT);
  expect(hardware()).toEqual(NOTHING);
});
