import { afterEach, expect, test } from "vitest";
import type { Availability } from "./breaker";
import { openRedis, type RedisValues } from "./redis";
import { startTestRedis, type TestRedis } from "./test-redis-server";

const ENTRY = { key: "unity:test", text: "here", ttlSeconds: 60 };
/** The longest that anybody may wait: the time for an answer, and a slow machine. */
const AT_MOST_MS = 1_000;
/** The connection is made again by real time, the breaker goes by the test's. */
const COMES_BACK = { timeout: 15_000, interval: 50 };

const open: { values: RedisValues; redis: TestRedis }[] = [];
afterEach(async () => {
  for (const { values, redis } of open.splice(0)) {
    await values.close();
    await redis.away();
  }
});

async function setUp(before: (redis: TestRedis) => Promise<void> | void = () => {}) {
  const redis = await startTestRedis();
  await before(redis);
  const told: Availability[] = [];
  const time = { now: 0 };
  const values = openRedis(redis.url, { now: () => time.now, told: (state) => told.push(state) });
  open.push({ values, redis });
  /** Asks again and again, as a busy Unity does, while time goes on. */
  const works = async () => {
    time.now += 30_000;
    await values.put([ENTRY]);
    return (await values.get(ENTRY.key)) === ENTRY.text;
  };
  return { redis, told, time, values, works, available: () => told.map(({ available }) => available) };
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

test("keeps texts under keys that expire, and says once that it is there", async () => {
  const { redis, values, works, available } = await setUp();
  await expect.poll(works, COMES_BACK).toBe(true);
  expect(redis.commands).toContainEqual(["set", "unity:test", "here", "EX", "60"]);
  await values.remove([ENTRY.key]);
  expect(await values.get(ENTRY.key)).toBeUndefined();
  expect(available()).toEqual([true]);
});

test("a server that is down at the start delays nothing, is told once, and is used when it comes", async () => {
  const { redis, values, works, available } = await setUp((server) => server.away());
  expect(await elapsed(() => values.put([ENTRY]))).toBeLessThan(AT_MOST_MS);
  await expect.poll(() => available().length, COMES_BACK).toBe(1);
  for (let times = 0; times < 5; times++) expect(await works()).toBe(false);
  expect(available()).toEqual([false]);
  await redis.listen();
  await expect.poll(works, COMES_BACK).toBe(true);
  expect(available()).toEqual([false, true]);
});

test("a server that goes down and comes back is told of twice", async () => {
  const { redis, works, available } = await setUp();
  await expect.poll(works, COMES_BACK).toBe(true);
  await redis.away();
  for (let times = 0; times < 5; times++) expect(await works()).toBe(false);
  await redis.listen();
  await expect.poll(works, COMES_BACK).toBe(true);
  expect(available()).toEqual([true, false, true]);
});

test("a server that stops answering makes one call wait, for a moment, and the rest not at all", async () => {
  const { redis, values, works, available } = await setUp();
  await expect.poll(works, COMES_BACK).toBe(true);
  redis.manner = "silent";
  expect(await elapsed(() => values.get(ENTRY.key))).toBeLessThan(AT_MOST_MS);
  expect(
    await elapsed(async () => {
      for (let times = 0; times < 1_000; times++) await values.get(ENTRY.key);
    }),
  ).toBeLessThan(200);
  redis.manner = "well";
  await expect.poll(works, COMES_BACK).toBe(true);
  expect(available()).toEqual([true, false, true]);
});

test("a server that is silent from the start is told of once", async () => {
  const { redis, works, told, available } = await setUp((server) => {
    server.manner = "silent";
  });
  await expect.poll(() => available().length, COMES_BACK).toBe(1);
  expect(told[0]).toMatchObject({ available: false });
  redis.manner = "well";
  await expect.poll(works, COMES_BACK).toBe(true);
  expect(available()).toEqual([false, true]);
});

test("a server that is full is told of once, reads do not count as recovery, and room is noticed", async () => {
  const { redis, time, values, works, told, available } = await setUp();
  await expect.poll(works, COMES_BACK).toBe(true);
  redis.manner = "full";
  for (let times = 0; times < 5; times++) {
    time.now += 30_000;
    await values.put([ENTRY]);
    await values.get(ENTRY.key);
  }
  expect(available()).toEqual([true, false]);
  expect(told[1]).toMatchObject({ reason: expect.stringContaining("OOM") });
  redis.manner = "well";
  await expect.poll(works, COMES_BACK).toBe(true);
  expect(available()).toEqual([true, false, true]);
});

test("what speaks no Redis is a cache that is away", async () => {
  const { redis, works, available } = await setUp((server) => {
    server.manner = "nonsense";
  });
  await expect.poll(() => available().length, COMES_BACK).toBe(1);
  expect(await works()).toBe(false);
  redis.manner = "well";
  await expect.poll(works, COMES_BACK).toBe(true);
  expect(available()).toEqual([false, true]);
});

test("an answer of another type is no text", async () => {
  const { redis, values, works } = await setUp();
  await expect.poll(works, COMES_BACK).toBe(true);
  redis.manner = "wrong types";
  expect(await values.get(ENTRY.key)).toBeUndefined();
});
