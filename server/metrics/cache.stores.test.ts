import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { openRedis } from "../db/redis";
import { type Cache, createCache } from "./cache";

const COMES_BACK = { timeout: 20_000, interval: 50 };

describeWith("redis", (url) => {
  let admin: Redis;
  let cache: Cache;
  let available: boolean[];
  // Instances of this run alone: the server may hold others.
  const id = `test-${process.pid}`;
  const latest = { version: 1 as const, instanceId: id, values: [] };
  const works = async () => {
    await cache.say({ latest: [latest] });
    return (await cache.latest(id)) !== undefined;
  };

  beforeEach(async () => {
    admin = new Redis(url);
    available = [];
    const place = openRedis(url, { now: Date.now, told: (state) => available.push(state.available) });
    cache = createCache(place);
    await expect.poll(works, COMES_BACK).toBe(true);
  });
  afterEach(async () => {
    await cache.drop([id]);
    await cache.close();
    await admin.quit();
  });

  test("what is said expires, and is gone when it is dropped", async () => {
    expect(await admin.ttl(`unity:plugin:${id}:latest`)).toBeGreaterThan(290);
    await cache.drop([id]);
    expect(await cache.latest(id)).toBeUndefined();
    expect(available).toEqual([true]);
  });

  test("something of another type under a key is a miss, and costs a line", async () => {
    const key = `unity:plugin:${id}:status`;
    await admin.lpush(key, "one");
    expect(await cache.status(id)).toBeUndefined();
    await admin.del(key);
  });

  test("a full server is survived, and used again when there is room", async () => {
    const [, before = "0"] = (await admin.config("GET", "maxmemory")) as string[];
    await admin.config("SET", "maxmemory", "1");
    try {
      await cache.say({ latest: [latest] });
      await cache.say({ latest: [latest] });
      expect(available).toEqual([true, false]);
    } finally {
      await admin.config("SET", "maxmemory", before);
    }
    await expect.poll(works, COMES_BACK).toBe(true);
    expect(available).toEqual([true, false, true]);
  });

  test("a server that stands still holds up one call, for a moment", async () => {
    await admin.client("PAUSE", 2_000);
    const startedAt = performance.now();
    for (let times = 0; times < 100; times++) await cache.say({ latest: [latest] });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await expect.poll(works, COMES_BACK).toBe(true);
    expect(available).toEqual([true, false, true]);
  });

  test("a connection that is cut is made again", async () => {
    await admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await expect.poll(works, COMES_BACK).toBe(true);
  });
});
