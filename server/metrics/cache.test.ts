import { expect, test } from "vitest";
import { createCache } from "./cache";
import { createTestPlace } from "./test-place";

const LATEST = {
  version: 1 as const,
  instanceId: "a",
  values: [{ series: 7, metric: "cpu_usage_ratio", labels: { core: "0" }, at: 5_000, value: 0.25 }],
};
const SUMMARY = {
  version: 1,
  at: 5_000,
  hosts: 1,
  instances: 2,
  unknown: 0,
  healthy: 1,
  degraded: 0,
  failing: 0,
  paused: 1,
} as const;

test("says under the keys that are promised, for as long as is promised", async () => {
  const { place, texts } = createTestPlace();
  const cache = createCache(place);
  const status = {
    version: 1,
    instanceId: "a",
    plugin: "host",
    name: "Host",
    host: "nas",
    health: "healthy",
    since: 1,
    lastRunAt: 5_000,
    lastSuccessAt: 5_000,
    reason: null,
    message: null,
    consecutiveErrors: 0,
  } as const;
  await cache.say({ latest: [LATEST], statuses: [status], summary: SUMMARY });
  expect([...texts.values()].map(({ key, ttlSeconds }) => [key, ttlSeconds])).toEqual([
    ["unity:plugin:a:latest", 300],
    ["unity:plugin:a:status", 30],
    ["unity:dashboard:summary", 60],
  ]);
  expect(await cache.latest("a")).toEqual(LATEST);
  expect(await cache.status("a")).toEqual(status);
  expect(await cache.summary()).toEqual(SUMMARY);
  await cache.drop(["a"]);
  expect(texts.size).toBe(0);
  expect(await cache.latest("a")).toBeUndefined();
});

test.each([
  ["no JSON", "{"],
  ["something else", '"text"'],
  ["a later version", JSON.stringify({ ...SUMMARY, version: 2 })],
  ["a field that is missing", JSON.stringify({ ...SUMMARY, failing: undefined })],
])("%s under a key is a miss", async (_, text) => {
  const { place, texts } = createTestPlace();
  texts.set("unity:dashboard:summary", { key: "unity:dashboard:summary", text, ttlSeconds: 60 });
  expect(await createCache(place).summary()).toBeUndefined();
});
