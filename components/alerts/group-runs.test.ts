import { expect, test } from "vitest";
import { groupRuns } from "./group-runs";

const run = (instanceId: string, startedAt: number) => ({
  id: `${instanceId}${startedAt}`,
  instanceId,
  instanceName: instanceId,
  startedAt,
  durationMs: 5,
  outcome: "failed" as const,
  readings: 0,
  refused: 0,
  attempts: 1,
  reason: "timeout",
  message: null,
  hint: null,
  remarks: [],
});

test("failed runs of an instance are told once, by the last of them", () => {
  const groups = groupRuns([run("a", 9), run("b", 8), run("a", 7), run("a", 6)]);
  expect(groups.map(({ last, count }) => [last.id, count])).toEqual([
    ["a9", 3],
    ["b8", 1],
  ]);
});
