import { expect, test } from "vitest";
import { type Availability, createBreaker } from "./breaker";

class Full extends Error {}

function setUp() {
  const told: Availability[] = [];
  const time = { now: 0 };
  const breaker = createBreaker({
    now: () => time.now,
    isOfKind: (error) => error instanceof Full,
    told: (state) => told.push(state),
  });
  const tried: string[] = [];
  const works = (kind: string) =>
    breaker.attempt(kind, async () => {
      tried.push(kind);
      return "answer";
    });
  const fails = (kind: string, error: Error = new Error("connection lost")) =>
    breaker.attempt(kind, async () => {
      tried.push(kind);
      throw error;
    });
  return { told, time, breaker, tried, works, fails };
}

test("after a failure nothing is tried until the pause is over, and what works then ends it", async () => {
  const { told, time, tried, works, fails } = setUp();
  expect(await works("read")).toBe("answer");
  expect(await fails("read")).toBeUndefined();
  expect(await works("read")).toBeUndefined();
  time.now = 999;
  expect(await works("write")).toBeUndefined();
  expect(tried).toEqual(["read", "read"]);
  time.now = 1_000;
  expect(await works("write")).toBe("answer");
  expect(await works("read")).toBe("answer");
  expect(told).toEqual([{ available: false, reason: "connection lost" }, { available: true }]);
});

test("the pause doubles up to half a minute, and repetition is not told", async () => {
  const { told, time, tried, fails } = setUp();
  for (time.now = 0; time.now < 600_000; time.now += 500) await fails("write");
  // At 0, 1, 3, 7, 15 and 31 s, then every 30 s.
  expect(tried.length).toBe(6 + 18);
  expect(told.length).toBe(1);
});

test("where writing is refused, reading well proves nothing", async () => {
  const { told, time, works, fails } = setUp();
  await fails("write", new Full("out of memory"));
  time.now = 5_000;
  expect(await works("read")).toBeUndefined();
  expect(told.length).toBe(1);
  expect(await works("write")).toBe("answer");
  expect(told.at(-1)).toEqual({ available: true });
});

test("of many attempts after a pause one goes through, and many that fail at once are one failure", async () => {
  const { told, time, tried, works, fails } = setUp();
  await Promise.all([fails("write"), fails("write"), fails("write")]);
  expect(told.length).toBe(1);
  time.now = 1_000;
  tried.length = 0;
  expect(await Promise.all([works("write"), works("write")])).toEqual(["answer", undefined]);
  expect(tried).toEqual(["write"]);
});
