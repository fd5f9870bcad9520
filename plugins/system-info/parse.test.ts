import { expect, test } from "vitest";
import { parseVmStat } from "./elsewhere";
import {
  availableMemory,
  parseArc,
  parseLoad,
  parseMemory,
  parseNumbers,
  parseOpenFiles,
  parsePressure,
  parseUptime,
} from "./parse";
import { parseStat } from "./parse-stat";
import { busyShare, steadyTimes } from "./steady-times";

const TIMES = { user: 1, nice: 2, system: 3, idle: 4, iowait: 5, irq: 6, softirq: 7, steal: 8, guest: 19 };

test.each([
  ["ten columns", "cpu  100 200 300 400 500 600 700 800 900 1000", TIMES],
  ["columns of a kernel to come", "cpu 100 200 300 400 500 600 700 800 900 1000 9 9", TIMES],
  ["eight columns (Linux 2.6.11)", "cpu  100 200 300 400 500 600 700 800", { ...TIMES, guest: 0 }],
  ["four columns (Linux 2.4)", "cpu  100 200 300 400", { ...TIMES, iowait: 0, irq: 0, softirq: 0, steal: 0, guest: 0 }],
])("reads CPU times of %s", (_, line, times) => {
  expect(parseStat(`${line}\n`, 0).total).toEqual(times);
});

test("counts CPUs that it does not look at, and leaves gaps where CPUs are off", () => {
  const text = "cpu  4 0 0 4\ncpu0 2 0 0 2\ncpu3 2 0 0 2\nbtime 7\nctxt 1 2\ncpufreq 5 5 5 5\n";
  const { count, cpus, numbers } = parseStat(text, 8);
  expect([count, cpus.map(({ cpu }) => cpu), [...numbers]]).toEqual([2, ["0", "3"], [["btime", 7]]]);
  expect(parseStat(text, 0)).toMatchObject({ count: 2, cpus: [] });
});

test.each(["", "cpu0 1 2 3 4", "cpu  1 2 3", "cpu  1 2 3 -4", "cpu  1 2 3 x", "<html>"])(
  "refuses CPU times that are none: %j",
  (text) => {
    expect(() => parseStat(text, 0)).toThrow("no line of CPU times");
  },
);

test.each([
  ["a slip", { ...TIMES, iowait: 4.5 }, 5],
  ["a reset", { ...TIMES, iowait: 1.5 }, 1.5],
  ["growth", { ...TIMES, iowait: 9 }, 9],
])("takes %s for what it is", (_, now, iowait) => {
  expect(steadyTimes(TIMES, now).iowait).toBe(iowait);
});

test("work is what is neither idle, nor waiting, nor stolen", () => {
  expect(busyShare(TIMES)).toEqual({ part: 19, whole: 36 });
});

test("reads memory with and without units", () => {
  const amounts = parseMemory("MemTotal:  100 kB\nActive(anon): 5 kB\nHugePages_Total:   7\nBad: x kB\nAlso bad\n");
  expect([...amounts]).toEqual([
    ["MemTotal", 102_400],
    ["Active(anon)", 5_120],
    ["HugePages_Total", 7],
  ]);
});

test.each(["", "MemFree: 1 kB", "MemTotal: 0 kB", "MemTotal: lots"])("refuses memory without a size: %j", (text) => {
  expect(() => parseMemory(text)).toThrow("how much memory");
});

test.each([
  ["as the kernel says", { MemAvailable: 50 }, 0, 50],
  ["with what a cache of ZFS gives up", { MemAvailable: 50 }, 30, 80],
  ["at most all", { MemAvailable: 90 }, 30, 100],
  ["before Linux 3.14", { MemFree: 20, Buffers: 5, Cached: 30, Shmem: 10 }, 0, 45],
  ["never below zero", { MemFree: 1, Shmem: 10 }, 0, 0],
])("counts memory as available %s", (_, amounts, shrinkable, available) => {
  expect(availableMemory(new Map(Object.entries({ MemTotal: 100, ...amounts })), shrinkable)).toBe(available);
});

test.each([
  ["c_min 4 100\nsize 4 500\nother 4 1\n", { size: 500, shrinkable: 400 }],
  ["size 4 50\nc_min 4 100\n", { size: 50, shrinkable: 0 }],
  ["size 4 50\n", undefined],
  ["", undefined],
])("reads the ARC of %j", (text, arc) => {
  expect(parseArc(text)).toEqual(arc);
});

test("reads load and uptime, and refuses what is none", () => {
  expect(parseLoad("0.20 0.18 12 1/80 11206\n").map(({ load }) => load)).toEqual([0.2, 0.18, 12]);
  expect(parseUptime("350735.47 234388.90\n")).toBe(350_735.47);
  for (const text of ["", "1 2", "a b c", "1 2 NaN", "-1 2 3"]) expect(() => parseLoad(text)).toThrow("three numbers");
  for (const text of ["", "x", "-1", "Infinity"]) expect(() => parseUptime(text)).toThrow("a number");
});

test("reads pressure, of a kernel that has no full line for the CPU too", () => {
  const some = "some avg10=0.50 avg60=12.50 avg300=3.00 total=2500000\n";
  expect(parsePressure(some)).toEqual([{ kind: "some", lastMinute: 0.125, stalledSeconds: 2.5 }]);
  expect(parsePressure(`${some}full avg10=0.00 avg60=100.00 avg300=0.00 total=0\n`)[1]).toEqual({
    kind: "full",
    lastMinute: 1,
    stalledSeconds: 0,
  });
  for (const text of ["", "some avg60=1", "half avg10=0 avg60=0 avg300=0 total=0"])
    expect(() => parsePressure(text)).toThrow("does not look like");
});

test("finds numbers by their whole name", () => {
  const text = "oom_kill_x 1\noom_kill 2\nx_pswpin 3\npswpin 4 5\npswpout 6\n";
  expect([...parseNumbers(text, ["oom_kill", "pswpin", "pswpout"])]).toEqual([
    ["oom_kill", 2],
    ["pswpout", 6],
  ]);
});

test.each([
  ["9344\t0\t2466160\n", 9_344, 2_466_160],
  ["512 128 1000", 384, 1_000],
  ["9344\t0\t9223372036854775807\n", 9_344, undefined],
])("reads open files of %j", (text, allocated, max) => {
  expect(parseOpenFiles(text)).toEqual({ allocated, max });
});

test.each(["", "1 2", "1 2 x"])("refuses open files that are none: %j", (text) => {
  expect(() => parseOpenFiles(text)).toThrow("three numbers");
});

test("reads a Mac's memory, or nothing", () => {
  const text = "(page size of 4096 bytes)\nPages free:  10.\nPages inactive:  20.\nPages speculative:  5.\n";
  expect(parseVmStat(text)).toBe(35 * 4_096);
  expect(parseVmStat(text.replace("inactive", "active"))).toBeUndefined();
  expect(parseVmStat("")).toBeUndefined();
});
