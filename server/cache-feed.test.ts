import { expect, test } from "vitest";
import { feedCache } from "./cache-feed";
import { systemClock } from "./clock";
import type { Instance } from "./collect/instance";
import { unknownStatus } from "./collect/status";
import { createLog } from "./log";
import { createBus } from "./metrics/bus";
import { createCache } from "./metrics/cache";
import { createTestPlace } from "./metrics/test-place";
import type { Unity } from "./unity";

const SOON = { timeout: 5_000, interval: 20 };

function setUp() {
  const { place, texts } = createTestPlace();
  const cache = createCache(place);
  const bus = createBus<ReturnType<typeof unknownStatus>>();
  const known = new Map<string, Instance>();
  const parts = {
    bus,
    clock: systemClock,
    log: createLog("fatal"),
    instances: { list: () => [...known.values()], get: (id: string) => known.get(id) },
    ledger: { status: (id: string) => ({ ...unknownStatus(id, 1), health: "healthy" as const }) },
    series: {
      ofInstance: (id: string) => (id === "a" ? [{ id: 7, instanceId: "a", metric: "load", labels: {} }] : []),
      get: (id: number) => (id === 7 ? { id: 7, instanceId: "a", metric: "load", labels: {} } : undefined),
    },
    store: { latest: (ids: readonly number[]) => ids.map((series) => ({ series, at: 5_000, value: 1.5 })) },
  };
  const add = (id: string, updatedAt: number, enabled = true) =>
    known.set(id, { id, plugin: "host", name: id, host: "nas", enabled, updatedAt } as Instance);
  const publish = (instanceId: string) =>
    bus.publish({
      instanceId,
      at: 5_000,
      series: [7],
      values: [1.5],
      status: unknownStatus(instanceId, 1),
      outcome: "ok",
    });
  // Only the parts that are asked here.
  const stop = feedCache(parts as unknown as Unity, cache);
  return { cache, texts, bus, known, add, publish, stop };
}

test("what a collection published is said, with the summary of all", async () => {
  const { cache, add, publish, stop } = setUp();
  add("a", 1);
  add("b", 1, false);
  await Promise.resolve();
  publish("a");
  await expect.poll(() => cache.latest("a"), SOON).toMatchObject({ values: [{ metric: "load", value: 1.5 }] });
  expect(await cache.status("a")).toMatchObject({ name: "a", host: "nas", health: "healthy" });
  expect(await cache.summary()).toMatchObject({ instances: 2, healthy: 1, paused: 1, hosts: 1 });
  await stop();
});

test("an instance that is removed or changed is dropped, others stay", async () => {
  const { cache, bus, known, add, publish, stop } = setUp();
  for (const id of ["a", "b", "c"]) add(id, 1);
  await Promise.resolve();
  for (const id of ["a", "b", "c"]) publish(id);
  await expect.poll(() => cache.status("c"), SOON).toBeDefined();
  known.delete("a");
  add("b", 2);
  bus.announceChange();
  await expect.poll(() => cache.status("a"), SOON).toBeUndefined();
  expect(await cache.status("b")).toBeUndefined();
  expect(await cache.status("c")).toBeDefined();
  await expect.poll(() => cache.summary(), SOON).toMatchObject({ instances: 2 });
  await stop();
});
