import { expect, test } from "vitest";
import { strengthOf } from "./passphrase-strength";

test.each([
  ["", 0],
  ["short", 0],
  ["hunter2hunt", 0],
  ["aaaaaaaaaaaaaaaa", 1],
  ["111111111111", 1],
  ["password1234", 1],
  ["password password password", 1],
  ["correct horse battery", 2],
  ["correct horse battery staple", 3],
  ["Ein Pferd, das Batterien frisst", 3],
  ["k7mtq-9xqey-4hbvz-2wpnd", 3],
])("%o is of level %i", (passphrase, level) => {
  expect(strengthOf(passphrase).level).toBe(level);
});

test("until it is long enough it says how much is missing", () => {
  expect(strengthOf("").words).toBe("At least 12 characters.");
  expect(strengthOf("four").words).toBe("8 more characters.");
  expect(strengthOf("eleven chars"[0]?.repeat(11) ?? "").words).toBe("1 more character.");
});
