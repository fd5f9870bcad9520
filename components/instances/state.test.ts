import { expect, test } from "vitest";
import { stateOf, stateWord } from "./state";

const maintenance = { kind: "maintenance", id: "m", name: "Updates", until: null } as const;
const failing = { enabled: true, maintenance: null, status: { health: "failing" } } as const;

test.each([
  ["as it is", failing, "failing", "Failing"],
  ["paused by a person", { ...failing, enabled: false }, "paused", "Paused"],
  ["in maintenance", { ...failing, maintenance }, "paused", "In maintenance"],
  ["paused, whatever maintenance says", { ...failing, enabled: false, maintenance }, "paused", "Paused"],
])("an instance's state in lists: %s", (_, instance, state, word) => {
  expect([stateOf(instance), stateWord(instance)]).toEqual([state, word]);
});
