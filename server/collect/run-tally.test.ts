import { expect, test } from "vitest";
import { createRunTally, DURATION_BOUNDS } from "./run-tally";

test("runs are counted by plugin and outcome, and a duration in every bucket that it is not above", () => {
  const tally = createRunTally();
  const run = (plugin: string, outcome: "ok" | "failed", durationMs: number) =>
    tally.count({ plugin, outcome, durationMs, samples: 3, refused: 1 });
  run("disk", "ok", 10);
  run("disk", "failed", 700);
  run("dns", "ok", 90_000);
  const { runs, durations, samples, refused } = tally.totals();
  expect(runs.filter(({ count }) => count > 0)).toEqual([
    { plugin: "disk", outcome: "ok", count: 1 },
    { plugin: "disk", outcome: "failed", count: 1 },
    { plugin: "dns", outcome: "ok", count: 1 },
  ]);
  expect(DURATION_BOUNDS.map((bound, index) => [bound, durations.atMost[index]])).toEqual([
    [0.01, 1],
    [0.05, 1],
    [0.1, 1],
    [0.5, 1],
    [1, 2],
    [5, 2],
    [10, 2],
    [30, 2],
  ]);
  expect([durations.count, durations.sumSeconds, samples, refused]).toEqual([3, 90.71, 9, 3]);
});
