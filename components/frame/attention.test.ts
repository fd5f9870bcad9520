import { expect, test } from "vitest";
import type { Status } from "@/components/data/outputs";
import { applyToAttention } from "./attention";

const status = (instanceId: string, health: Status["health"]): Status => ({
  instanceId,
  health,
  since: 0,
  lastRunAt: 0,
  lastSuccessAt: 0,
  reason: null,
  message: null,
  hint: null,
  consecutiveErrors: 0,
});
const before = { failing: ["a", "b"], degraded: ["c"] };

test("an instance that recovers is no longer counted", () => {
  expect(applyToAttention(before, { statuses: [status("a", "healthy")] })).toEqual({ failing: ["b"], degraded: ["c"] });
});

test("an instance that gets worse is counted once, under what it is now", () => {
  expect(applyToAttention(before, { statuses: [status("c", "failing")] })).toEqual({
    failing: ["a", "b", "c"],
    degraded: [],
  });
});

test("a message that changes nothing gives back the same object, so that nothing is drawn again", () => {
  expect(applyToAttention(before, { statuses: [status("a", "failing"), status("d", "healthy")] })).toBe(before);
});
