import { expect, test } from "vitest";
import { lastOfEach, splitRows } from "./split-rows";

const rowsOf = (count: number, bytes = 0) => Array.from({ length: count }, (_, id) => [id, new Uint8Array(bytes)]);
const lengths = (parts: readonly (readonly unknown[])[]) => parts.map(({ length }) => length);

test("parts stay below both bounds, and have every row once, in order", () => {
  const rows = rowsOf(10);
  expect(lengths(splitRows(rows, { maxRows: 4, maxBytes: 1e6 }))).toEqual([4, 4, 2]);
  expect(splitRows(rows, { maxRows: 4, maxBytes: 1e6 }).flat()).toEqual(rows);
  expect(lengths(splitRows(rowsOf(5, 100), { maxRows: 100, maxBytes: 500 }))).toEqual([2, 2, 1]);
});

test("a row above the bound is a part of its own; no rows are no part", () => {
  expect(lengths(splitRows(rowsOf(3, 1_000), { maxRows: 100, maxBytes: 500 }))).toEqual([1, 1, 1]);
  expect(splitRows([], { maxRows: 100, maxBytes: 500 })).toEqual([]);
});

test("of rows with one key the last is left", () => {
  const rows = [
    [1, "a", 1],
    [1, "b", 2],
    [1, "a", 3],
  ];
  expect(lastOfEach(rows, [0, 1])).toEqual([
    [1, "a", 3],
    [1, "b", 2],
  ]);
  expect(lastOfEach(rows, [2])).toBe(rows);
});
