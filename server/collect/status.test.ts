import { expect, test } from "vitest";
import { nextStatus, type Status, unknownStatus } from "./status";

const ok = { failure: undefined, partial: [] };
const bad = { failure: { reason: "timeout" as const, message: "slow" }, partial: [] };
const partly = { failure: undefined, partial: [{ reason: "dns" as const, message: "one of two" }] };

const after = (...runs: { failure: typeof bad.failure | undefined; partial: typeof partly.partial | [] }[]): Status =>
  runs.reduce<Status>((status, run, index) => nextStatus(status, run, (index + 1) * 10), unknownStatus("i", 0));

test("is healthy after a good run", () => {
  expect(after(ok)).toMatchObject({
    health: "healthy",
    since: 10,
    lastSuccessAt: 10,
    consecutiveErrors: 0,
    reason: null,
  });
});

test("one failed run degrades, the second fails", () => {
  expect(after(ok, bad)).toMatchObject({ health: "degraded", since: 20, lastSuccessAt: 10, reason: "timeout" });
  expect(after(ok, bad, bad)).toMatchObject({ health: "failing", since: 30, consecutiveErrors: 2 });
});

test("an instance that never worked is failing at once", () => {
  expect(after(bad).health).toBe("failing");
});

test("recovers with one good run and forgets the error", () => {
  expect(after(ok, bad, bad, ok)).toMatchObject({ health: "healthy", since: 40, message: null, consecutiveErrors: 0 });
});

test("a part that could not be read degrades and says which", () => {
  expect(after(ok, partly)).toMatchObject({ health: "degraded", message: "one of two", lastSuccessAt: 20 });
});

test("keeps since when while the health stays", () => {
  expect(after(ok, ok, ok).since).toBe(10);
});
