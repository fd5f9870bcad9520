import { expect, test } from "vitest";
import { csvText } from "./csv";

test.each([
  ["plain", "plain"],
  ["", ""],
  ['say "hi", you', '"say ""hi"", you"'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", "'=1+1"],
  ["  =cmd|' /c calc'!A1", "'  =cmd|' /c calc'!A1"],
  ["+49", "+49"],
  ["-1.5e-3", "-1.5e-3"],
  ["-x", "'-x"],
  ["@sum(a,b)", '"\'@sum(a,b)"'],
  ["\tx", "'\tx"],
  ["\r=x", '"\'\r=x"'],
])("%j is written as %j", (text, written) => {
  expect(csvText([[text]])).toBe(written);
});

test("rows end as the format wants it", () => {
  expect(
    csvText([
      ["a", "b"],
      ["1", "2"],
    ]),
  ).toBe("a,b\r\n1,2");
});
