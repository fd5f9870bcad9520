import { expect, test } from "vitest";
import { standingOf } from "./standing";

const NOW = 10_000_000;
const status = {
  instanceId: "a",
  health: "healthy" as const,
  since: NOW - 5_000,
  lastRunAt: NOW - 1_000,
  lastSuccessAt: NOW - 1_000,
  reason: null,
  message: null,
  hint: null,
  consecutiveErrors: 0,
};
const standing = (
  change: Partial<Parameters<typeof standingOf>[0]["status"]> | Record<string, unknown> = {},
  enabled = true,
) => standingOf({ enabled, intervalSeconds: 10, status: { ...status, ...change } }, NOW);

test.each([
  ["healthy", "ok", "Healthy"],
  ["degraded", "warn", "Degraded"],
  ["failing", "bad", "Failing"],
])("%s is %s", (health, tone, word) => {
  expect(standing({ health })).toEqual({ tone, word, since: NOW - 5_000 });
});

test("paused counts before all else", () => {
  expect(standing({ health: "failing" }, false)).toEqual({ tone: "paused", word: "Paused", since: null });
});

test("before the first run it waits, unless it cannot run at all", () => {
  expect(standing({ health: "unknown", lastRunAt: null }).word).toBe("Waiting for its first reading");
  expect(standing({ health: "failing", lastRunAt: null }).word).toBe("Failing");
});

test("runs that stay away are told, later for one that fails and is asked less often", () => {
  const late = { lastRunAt: NOW - 61_000 };
  expect(standing(late)).toEqual({ tone: "unknown", word: "No run", since: NOW - 61_000 });
  expect(standing({ ...late, health: "failing", consecutiveErrors: 12 }).word).toBe("Failing");
});

test("maintenance says more than that there was no run, until it is over", () => {
  const facts = { enabled: true, intervalSeconds: 10, status };
  const maintenance = { kind: "maintenance", id: "m1", name: "Updates", until: NOW + 1 } as const;
  expect(standingOf({ ...facts, maintenance }, NOW).word).toBe("In maintenance");
  expect(standingOf({ ...facts, maintenance }, NOW + 1).word).not.toBe("In maintenance");
});
