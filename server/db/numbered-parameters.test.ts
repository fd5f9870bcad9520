import { expect, test } from "vitest";
import { createNumbering } from "./numbered-parameters";

const numbered = createNumbering();

test.each([
  ["select 1", "select 1"],
  ["a = ? and b in (?, ?)", "a = $1 and b in ($2, $3)"],
  ["a = '?' and b = ?", "a = '?' and b = $1"],
  ["a = 'it''s ?' and \"b?\" = ? -- why?\nand c = ?", "a = 'it''s ?' and \"b?\" = $1 -- why?\nand c = $2"],
])("%s", (sql, expected) => {
  expect(numbered(sql)).toBe(expected);
  expect(numbered(sql)).toBe(expected);
});
