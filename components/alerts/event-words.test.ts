import { expect, test } from "vitest";
import { reasonOf } from "./event-words";

const event = {
  event: "firing",
  cause: "measured",
  from: "pending",
  unit: "ratio",
  value: 0.93,
  limit: 0.9,
  worst: null,
  until: null,
} as const;

test.each([
  [{}, "93% against a limit of 90%, held long enough"],
  [{ from: "inactive" }, "93% against a limit of 90%"],
  [{ from: "inactive", limit: null }, "93%"],
  [{ from: "inactive", unit: "bool", value: 0, limit: 0 }, ""],
  [{ event: "resolved", value: 0.4, worst: 0.97 }, "It is not so any more, 40% now, worst 97%"],
  [{ event: "resolved", cause: "no_data" }, "What it looked at is not there any more"],
  [{ event: "resolved", cause: null }, ""],
  [{ event: "acknowledged", until: "worse" }, "Quiet until it is worse"],
  [{ event: "acknowledged", until: "over" }, ""],
  [{ event: "snoozed", until: Date.UTC(2026, 10, 26, 8) }, "Until 2026-11-26 08:00:00 UTC"],
  [{ event: "snoozed" }, "The snooze was ended"],
  [{ event: "noted" }, ""],
] as const)("%j is told as %j", (change, words) => {
  expect(reasonOf({ ...event, ...change })).toBe(words);
});
