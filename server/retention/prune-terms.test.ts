import { expect, test } from "vitest";
import { pruneTerms } from "./prune-terms";

const DAY_MS = 86_400_000;
const KEPT = { rawDays: 30, hourlyDays: 365, dailyDays: 1_825, plugins: {} };
const SERIES = new Map([
  ["disk", [1, 2]],
  ["docker", [3, 4]],
]);

test("all series alike, where nothing else is set", () => {
  expect(pruneTerms(KEPT, SERIES)).toEqual({
    retention: { rawMs: 30 * DAY_MS, hourlyMs: 365 * DAY_MS, dailyMs: 1_825 * DAY_MS },
    shorter: new Map(),
  });
});

test("a plugin that is kept shorter", () => {
  const { retention, shorter } = pruneTerms({ ...KEPT, plugins: { docker: 7 } }, SERIES);
  expect(retention.rawMs).toBe(30 * DAY_MS);
  expect(shorter).toEqual(
    new Map([
      [3, 7 * DAY_MS],
      [4, 7 * DAY_MS],
    ]),
  );
});

test("a plugin that is kept longer: then all others are shorter", () => {
  const { retention, shorter } = pruneTerms({ ...KEPT, plugins: { docker: 90 } }, SERIES);
  expect(retention.rawMs).toBe(90 * DAY_MS);
  expect([...shorter.keys()]).toEqual([1, 2]);
  expect(shorter.get(1)).toBe(30 * DAY_MS);
});

test("one that nobody uses changes nothing", () => {
  expect(pruneTerms({ ...KEPT, plugins: { snmp: 900 } }, SERIES).retention.rawMs).toBe(30 * DAY_MS);
});
