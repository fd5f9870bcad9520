import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../clock";
import { createLog } from "../log";
import type { Instance } from "./instance";
import { cadenceMs, createScheduler, nextTick } from "./scheduler";

beforeEach(() => void vi.useFakeTimers({ now: 1_790_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const instance = (id: string, rest: Partial<Instance> = {}): Instance => ({
  id,
  plugin: "p",
  name: id,
  host: "h",
  enabled: true,
  config: {},
  intervalSeconds: 10,
  timeoutMs: 10_000,
  tags: [],
  createdAt: 0,
  updatedAt: 0,
  ...rest,
});

function schedule(collect: (instance: Instance, at: number, stop: AbortSignal) => Promise<boolean>) {
  const runs: { id: string; at: number; startedAt: number }[] = [];
  const scheduler = createScheduler({
    clock: systemClock,
    log: createLog("fatal"),
    collect: (one, at, stop) => {
      runs.push({ id: one.id, at, startedAt: Date.now() });
      return collect(one, at, stop);
    },
  });
  return { scheduler, runs, of: (id: string) => runs.filter((run) => run.id === id) };
}

test("collects at once, then on its own beat", async () => {
  const { scheduler, runs } = schedule(async () => true);
  scheduler.set(instance("a"), "host");
  await vi.advanceTimersByTimeAsync(35_000);
  expect(runs.length).toBeGreaterThanOrEqual(4);
  const ticks = runs.slice(1).map(({ at }) => at);
  expect(new Set(ticks.map((at) => at % 10_000)).size).toBe(1);
});

test("spreads instances over the interval", () => {
  const phases = Array.from({ length: 1_000 }, (_, index) => nextTick(`instance-${index}`, 10_000, 0));
  const slots = new Array(10).fill(0);
  for (const phase of phases) slots[Math.floor((phase % 10_000) / 1_000)] += 1;
  expect(Math.max(...slots)).toBeLessThan(150);
});

test("instances share wake-ups: their ticks fall on fifths of a second", () => {
  const ticks = Array.from({ length: 500 }, (_, index) => nextTick(`instance-${index}`, 20_000, 1_790_000_000_123));
  expect(ticks.every((at) => at % 200 === 0)).toBe(true);
  expect(new Set(ticks).size).toBeGreaterThan(90);
});

test("a timer that fires early does not meet its tick twice", async () => {
  const early = {
    now: () => systemClock.now(),
    after: (ms: number, callback: () => void) => systemClock.after(Math.max(0, ms - 3), callback),
  };
  const ticks: number[] = [];
  const scheduler = createScheduler({
    clock: early,
    log: createLog("fatal"),
    collect: async (_instance, at) => {
      ticks.push(at);
      return true;
    },
  });
  scheduler.set(instance("a"), "network");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(new Set(ticks).size).toBe(ticks.length);
  expect(ticks.length).toBeGreaterThanOrEqual(6);
});

test("never overlaps a run with its last", async () => {
  let open = 0;
  let most = 0;
  const { scheduler } = schedule(async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    open -= 1;
    return true;
  });
  scheduler.set(instance("slow"), "network");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(most).toBe(1);
});

test("one hung target among 100 delays no other", async () => {
  const { scheduler, of } = schedule((one, _at, stop) =>
    one.id === "hung"
      ? new Promise((resolve) => {
          setTimeout(() => resolve(false), one.timeoutMs);
          stop.addEventListener("abort", () => resolve(false));
        })
      : Promise.resolve(true),
  );
  scheduler.set(instance("hung"), "network");
  for (let index = 0; index < 99; index++) scheduler.set(instance(`n${index}`), "network");
  await vi.advanceTimersByTimeAsync(60_000);
  for (let index = 0; index < 99; index++) {
    for (const run of of(`n${index}`)) expect(run.startedAt - run.at).toBeLessThan(1_000);
    expect(of(`n${index}`).length).toBeGreaterThanOrEqual(6);
  }
});

test("a lane full of hung targets leaves the other lane alone", async () => {
  const { scheduler, of } = schedule((one) =>
    one.id.startsWith("hung") ? new Promise(() => {}) : Promise.resolve(true),
  );
  for (let index = 0; index < 100; index++) scheduler.set(instance(`hung${index}`), "network");
  scheduler.set(instance("host"), "host");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(of("host").length).toBeGreaterThanOrEqual(3);
  expect(scheduler.lateness()).toBeGreaterThan(20_000);
});

test("slows down after repeated failure and recovers with one success", async () => {
  expect([0, 3, 4, 9, 10, 99].map((errors) => cadenceMs(instance("x"), errors))).toEqual([
    10_000, 10_000, 20_000, 20_000, 40_000, 40_000,
  ]);
  expect(cadenceMs(instance("x", { intervalSeconds: 3_600 }), 99)).toBe(3_600_000);
  expect(cadenceMs(instance("x", { intervalSeconds: 200 }), 99)).toBe(300_000);
  let good = false;
  const { scheduler, runs } = schedule(async () => good);
  scheduler.set(instance("a"), "network");
  await vi.advanceTimersByTimeAsync(600_000);
  const failing = runs.length;
  expect(failing).toBeLessThan(25);
  good = true;
  await vi.advanceTimersByTimeAsync(140_000);
  expect(runs.length - failing).toBeGreaterThanOrEqual(10);
});

test("a config change runs that instance at once and no other", async () => {
  const { scheduler, of } = schedule(async () => true);
  scheduler.set(instance("a", { intervalSeconds: 3_600 }), "network");
  scheduler.set(instance("b", { intervalSeconds: 3_600 }), "network");
  await vi.advanceTimersByTimeAsync(1_000);
  const before = of("b").length;
  const mine = of("a").length;
  scheduler.set(instance("a", { intervalSeconds: 1_800 }), "network");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(of("a").length).toBe(mine + 1);
  expect(of("b").length).toBe(before);
});

test("pausing ends the run and the timer, removing too", async () => {
  let aborted = 0;
  const { scheduler, runs } = schedule(
    (_one, _at, stop) =>
      new Promise((resolve) =>
        stop.addEventListener("abort", () => {
          aborted += 1;
          resolve(false);
        }),
      ),
  );
  scheduler.set(instance("a"), "network");
  scheduler.set(instance("b"), "network");
  scheduler.set(instance("a", { enabled: false }), "network");
  scheduler.remove("b");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(aborted).toBe(2);
  expect(runs).toHaveLength(2);
  expect(scheduler.runNow("a")).toBe(false);
});

test("run now while a run is open runs once more after it", async () => {
  const { scheduler, runs } = schedule(() => new Promise((resolve) => setTimeout(() => resolve(true), 500)));
  scheduler.set(instance("a", { intervalSeconds: 3_600 }), "network");
  await vi.advanceTimersByTimeAsync(100);
  expect(scheduler.runNow("a")).toBe(true);
  scheduler.runNow("a");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs).toHaveLength(2);
});

test("stopping waits for what runs, then aborts it", async () => {
  const { scheduler } = schedule(
    (_one, _at, stop) => new Promise((resolve) => stop.addEventListener("abort", () => resolve(false))),
  );
  scheduler.set(instance("a"), "network");
  const stopping = scheduler.stop(1_000);
  await vi.advanceTimersByTimeAsync(1_200);
  await stopping;
  expect(scheduler.running()).toBe(0);
});
