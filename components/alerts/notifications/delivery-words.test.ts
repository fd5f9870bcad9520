import { expect, test } from "vitest";
import { attemptWords, canRetry, standOf } from "./delivery-words";

test.each([
  ["sent", 1, "ok", "Delivered"],
  ["waiting", 0, "unknown", "Waiting"],
  ["waiting", 2, "warn", "Tried again"],
  ["sending", 1, "unknown", "Being sent"],
  ["failed", 9, "bad", "Failed"],
  ["dropped", 0, "paused", "Not sent"],
] as const)("%s after %i attempts is %s: %s", (state, attempts, tone, word) => {
  expect(standOf({ state, attempts })).toEqual({ tone, word });
});

test("what was delivered is not sent again, what failed or waits may be", () => {
  const states = ["sent", "sending", "waiting", "failed", "dropped"] as const;
  expect(states.filter((state) => canRetry({ state }))).toEqual(["waiting", "failed", "dropped"]);
});

test("attempts are counted where there was more than one", () => {
  expect([attemptWords(1), attemptWords(3)]).toEqual(["", "3 attempts"]);
});
