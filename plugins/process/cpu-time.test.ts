import { expect, test } from "vitest";
import { measureCpuTime } from "./cpu-time";
import type { Seen } from "./read-processes";

/** The last run began at 1,000 s after the machine's start, this one 10 s later. */
const seen = (rest: Partial<Seen>): Seen => ({
  pid: 42,
  comm: "x",
  state: "running",
  parentPid: 1,
  kernel: false,
  cpuTicks: 500,
  threads: 1,
  startTicks: 5_000,
  rssPages: 1,
  details: undefined,
  readAt: 1_000,
  ...rest,
});
const measure = (uptime = 1_010) => measureCpuTime({ uptime: 1_000, processes: [seen({})] }, uptime);

test.each<[string, Partial<Seen>, number]>([
  ["what it used since then", { cpuTicks: 800 }, 3],
  ["nothing", { cpuTicks: 500 }, 0],
  ["no less than nothing, though the kernel corrects itself", { cpuTicks: 499 }, 0],
  ["all of a process that began since then", { pid: 43, startTicks: 100_500, cpuTicks: 400 }, 4],
  ["all of another that was given the same pid", { startTicks: 100_500, cpuTicks: 100 }, 1],
  ["nothing of an old one that was overlooked the last time", { pid: 43, startTicks: 50, cpuTicks: 90_000 }, 0],
  ["what it would be, were it not read five seconds late", { cpuTicks: 800, readAt: 1_015 }, 2],
  ["nothing where no time has passed", { cpuTicks: 800, readAt: 1_000 }, 0],
])("%s", (_, rest, seconds) => {
  expect(measure()?.usedBy(seen({ readAt: 1_010, ...rest }))).toBeCloseTo(seconds, 9);
});

test("there is nothing to compare with at first, right after another run, and after the clock went back", () => {
  expect(measureCpuTime(undefined, 1_000)).toBeUndefined();
  expect(measure(1_000.4)).toBeUndefined();
  expect(measure(990)).toBeUndefined();
  expect(measure(1_000.5)?.elapsed).toBeCloseTo(0.5, 9);
});
