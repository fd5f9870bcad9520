import { expect, test } from "vitest";
import { createKeyReader } from "./read-key";

const read = (...presses: [key: string, at: number][]) => {
  const reader = createKeyReader();
  return presses.map(([key, at]) => reader(key, at));
};

test("a letter after g is read with it", () => {
  expect(read(["g", 0], ["o", 300])).toEqual(["", "g o"]);
});

test("a letter long after g stands for itself", () => {
  expect(read(["g", 0], ["t", 5_000])).toEqual(["", "t"]);
});

test("a pair is over once it is read", () => {
  expect(read(["g", 0], ["i", 100], ["t", 200])).toEqual(["", "g i", "t"]);
});
