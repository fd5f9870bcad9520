import { expect, test } from "vitest";
import { changeCount, fieldWords } from "./import-words";

const line = { kind: "rule", id: "1", name: "x" } as const;
const report = { added: [line], changed: [], missing: [line, line], unchanged: 3, notes: [], applied: false };

test("what is missing counts only when it is removed", () => {
  expect(changeCount(report, false)).toBe(1);
  expect(changeCount(report, true)).toBe(3);
});

test("fields are called as forms call them, once", () => {
  expect(fieldWords(["name", "config", "parts", "match"])).toBe("name, settings, conditions");
  expect(fieldWords([])).toBe("");
});
