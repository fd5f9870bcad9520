import { expect, test } from "vitest";
import { describeUse } from "./describe-use";

const of = (states: Partial<Parameters<typeof describeUse>[0]["states"]>) => {
  const all = { failing: 0, degraded: 0, healthy: 0, unknown: 0, paused: 0, ...states };
  return describeUse({ instances: Object.values(all).reduce((sum, count) => sum + count, 0), states: all });
};

test.each([
  [{ failing: 1 }, "bad", "failing"],
  [{ failing: 1, degraded: 1, healthy: 2 }, "bad", "1 of 4 failing"],
  [{ degraded: 2, healthy: 1 }, "warn", "2 of 3 degraded"],
  [{ healthy: 1 }, "ok", "1 healthy"],
  [{ healthy: 3, paused: 1 }, "ok", "3 healthy"],
  [{ paused: 1 }, "paused", "paused"],
  [{ unknown: 1, paused: 1 }, "unknown", "no reading yet"],
])("%j is %s: %s", (states, tone, text) => {
  expect(of(states)).toEqual({ tone, text });
});
