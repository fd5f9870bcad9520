import { expect, test } from "vitest";
import { nextSort, sortRows } from "./sort-rows";

const sorted = (keys: (string | number | null)[], ascending: boolean) =>
  sortRows(
    keys.map((key) => ({ key })),
    ({ key }) => key,
    ascending,
  ).map(({ key }) => key);

test("numbers sort by size, and the unknown come last either way", () => {
  expect(sorted([3, null, 20, 1], true)).toEqual([1, 3, 20, null]);
  expect(sorted([3, null, 20, 1], false)).toEqual([20, 3, 1, null]);
});

test("names with numbers sort as a person would", () => {
  expect(sorted(["disk10", "disk9", "Disk1"], true)).toEqual(["Disk1", "disk9", "disk10"]);
});

test("a second click turns the order round; a new column of numbers begins with the largest", () => {
  expect(nextSort(undefined, "cpu", true)).toEqual({ key: "cpu", ascending: false });
  expect(nextSort({ key: "cpu", ascending: false }, "cpu", true)).toEqual({ key: "cpu", ascending: true });
  expect(nextSort({ key: "cpu", ascending: false }, "name", false)).toEqual({ key: "name", ascending: true });
});
