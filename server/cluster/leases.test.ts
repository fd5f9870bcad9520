import { expect, onTestFinished, test, vi } from "vitest";
import { LEASE_MS, type LeaseTable } from "./lease-table";
import { createLeases } from "./leases";

/** Leases in memory, with a clock that is set by hand. */
function createWorld() {
  let now = 0;
  let away = false;
  let silent = false;
  const seen = new Map<string, number>();
  const leases = new Map<string, { process: string; until: number }>();
  const requireThere = () => {
    if (away) throw new Error("the database is away");
  };
  const tableOf = (id: string): LeaseTable => ({
    async beat() {
      requireThere();
      if (silent) return new Promise(() => undefined);
      seen.set(id, now);
      for (const [one, at] of seen) if (at < now - LEASE_MS) seen.delete(one);
      const held = [...leases].filter(([, lease]) => lease.process === id);
      for (const [, lease] of held) lease.until = now + LEASE_MS;
      return {
        processes: [...seen.keys()].map((one) => ({ id: one, host: "h" })),
        gone: [],
        held: held.map(([one]) => one),
      };
    },
    async claim(instances) {
      requireThere();
      const free = instances.filter((one) => (leases.get(one)?.until ?? -1) < now || leases.get(one)?.process === id);
      for (const one of free) leases.set(one, { process: id, until: now + LEASE_MS });
      return free;
    },
    async release(instances) {
      requireThere();
      for (const one of instances) if (leases.get(one)?.process === id) leases.delete(one);
    },
    async leave() {
      for (const [one, { process }] of leases) if (process === id) leases.delete(one);
      seen.delete(id);
    },
  });
  const ids = Array.from({ length: 20 }, (_, index) => `instance-${index}`);
  return {
    ids,
    pass: (ms: number) => {
      now += ms;
    },
    setAway: (value: boolean) => {
      away = value;
    },
    beSilent: () => {
      silent = true;
    },
    join(id: string) {
      const collecting = new Set<string>();
      const told: string[] = [];
      const one = createLeases({
        id,
        table: tableOf(id),
        instances: () => ids.map((instance) => ({ id: instance, host: "h", lane: "network" as const })),
        gained(got) {
          for (const instance of got) collecting.add(instance);
        },
        lost(gone) {
          for (const instance of gone) collecting.delete(instance);
        },
        released: () => told.push("released"),
        failed: () => told.push("failed"),
        worked: () => undefined,
        now: () => now,
      });
      return { ...one, collecting, told, held: () => ids.filter(one.holds) };
    },
  };
}

test("one process has all; a second one is given its share, and nothing is with both", async () => {
  const world = createWorld();
  const first = world.join("first");
  await first.beat();
  expect(first.held()).toEqual(world.ids);
  const second = world.join("second");
  await second.beat();
  expect(second.held()).toEqual([]);
  await first.beat();
  expect(first.told).toEqual(["released"]);
  await second.beat();
  expect([...first.held(), ...second.held()].sort()).toEqual([...world.ids].sort());
  expect([...second.collecting].sort()).toEqual(second.held().sort());
  expect(second.held().length).toBeGreaterThan(0);
});

test("who was stopped for a while collects nothing until it has asked; its share is another's by then", async () => {
  const world = createWorld();
  const first = world.join("first");
  await first.beat();
  const second = world.join("second");
  await second.beat();
  world.pass(LEASE_MS + 1);
  await second.beat();
  expect(first.held()).toEqual([]);
  expect(second.held()).toEqual(world.ids);
  await first.beat();
  expect([...first.collecting]).toEqual([]);
  await second.beat();
  await first.beat();
  expect([...first.held(), ...second.held()].sort()).toEqual([...world.ids].sort());
});

test("while the database is away, everybody goes on with what they have", async () => {
  const world = createWorld();
  const first = world.join("first");
  await first.beat();
  world.setAway(true);
  world.pass(10 * LEASE_MS);
  await first.beat();
  expect(first.held()).toEqual(world.ids);
  expect(first.steadyMs()).toBe(0);
  world.setAway(false);
  await first.beat();
  expect(first.held()).toEqual(world.ids);
  expect(first.told).toEqual(["failed"]);
});

test("a database that is there and says nothing is away, too", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const world = createWorld();
  const all = [world.join("first"), world.join("second")];
  for (let beat = 0; beat < 3; beat++) for (const one of all) await one.beat();
  const before = all.map((one) => one.held());
  world.beSilent();
  for (const one of all) void one.beat();
  for (let second = 0; second < 60; second++) {
    world.pass(1_000);
    vi.advanceTimersByTime(1_000);
    expect(all.map((one) => one.held())).toEqual(before);
  }
  expect(all[0]?.told.filter((what) => what === "failed")).toEqual(["failed"]);
});

test("who slept while the database is away leaves what others may have taken, unless there were none", async () => {
  const world = createWorld();
  const all = [world.join("first"), world.join("second")];
  for (let beat = 0; beat < 3; beat++) for (const one of all) await one.beat();
  world.setAway(true);
  world.pass(2 * LEASE_MS);
  await all[0]?.beat();
  expect(all[0]?.held()).toEqual([]);
  world.setAway(false);
  await all[0]?.beat();
  expect(all[0]?.held().length).toBeGreaterThan(0);
  expect(all[0]?.held().length).toBeLessThan(world.ids.length);
});

test("after an outage whoever is back first leaves the others what they had", async () => {
  const world = createWorld();
  const all = [world.join("first"), world.join("second")];
  const beatAll = async () => {
    for (const one of all) await one.beat();
  };
  for (let beat = 0; beat < 3; beat++) await beatAll();
  const before = all.map((one) => one.held());
  world.setAway(true);
  for (let beat = 0; beat < 20; beat++) {
    world.pass(LEASE_MS / 4);
    await beatAll();
    expect(all.map((one) => one.held())).toEqual(before);
  }
  world.setAway(false);
  await all[1]?.beat();
  expect(all.map((one) => one.held())).toEqual(before);
  await beatAll();
  expect(all.map((one) => one.held())).toEqual(before);
});

test("who leaves gives everything back at once", async () => {
  const world = createWorld();
  const first = world.join("first");
  await first.beat();
  await first.stop();
  expect(first.held()).toEqual([]);
  const second = world.join("second");
  await second.beat();
  expect(second.held()).toEqual(world.ids);
});
