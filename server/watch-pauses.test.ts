import { expect, test } from "vitest";
import { createPauseWatch } from "./watch-pauses";

test("lists are told when maintenance begins and when it ends, once, in every process", () => {
  let isOpen = false;
  const told: string[] = [];
  const by = { kind: "maintenance", id: "m", name: "Updates", until: null } as const;
  const isPaused = createPauseWatch({
    muting: { pausedBy: (id) => (isOpen && id !== "other" ? by : null) },
    bus: { announceChange: () => void told.push("here") },
    cluster: { tell: ({ kind }) => void told.push(kind) },
    clock: { now: () => 0 },
  });
  expect([isPaused("one"), told]).toEqual([false, []]);
  isOpen = true;
  expect([isPaused("one"), isPaused("one"), isPaused("other"), told.splice(0)]).toEqual([
    true,
    true,
    false,
    ["here", "silences"],
  ]);
  isOpen = false;
  expect([isPaused("one"), isPaused("one"), told]).toEqual([false, false, ["here", "silences"]]);
});
