import { expect, test } from "vitest";
import { printable } from "./printable";

test.each([
  ["/mnt/plain ü 日本", "/mnt/plain ü 日本"],
  ["a\nb\tc", "a\\012b\\011c"],
  ["\u001b[31m", "\\033[31m"],
  ["\u202etxt", "\\u202etxt"],
])("writes %j on one line", (text, shown) => {
  expect(printable(text)).toBe(shown);
});
