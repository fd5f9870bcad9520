import { expect, test } from "vitest";
import { isReplacedSecret, sideWords } from "./change-words";

test.each([
  ["enabled", true, "yes"],
  ["enabled", false, "no"],
  ["config.port", 5432, "5432"],
  ["name", "", "empty"],
  ["expiresAt", 1_795_777_200_000, "2026-11-27 11:00:00 UTC"],
  ["snoozedUntil", null, null],
  ["tags", ["a", "b"], "a, b"],
  ["tags", [], null],
  ["tags", undefined, null],
])("%s with %s reads %s", (path, side, words) => {
  expect(sideWords(path, side)).toBe(words);
});

test("a secret for another one is told, and neither is shown", () => {
  expect(isReplacedSecret({ path: "config.token", before: "***", after: "***" })).toBe(true);
  expect(isReplacedSecret({ path: "config.token", after: "***" })).toBe(false);
});
