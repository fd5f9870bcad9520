import { expect, test } from "vitest";
import { changeOf } from "./sizes";

test.each<[sizes: number[], change: number | undefined]>([
  [[], undefined],
  [[5], undefined],
  [[10, 5], 0.5],
  [[10, 20, 30], 2],
  [[1, 100, 102, 98, 99, 101, 10], 0.1],
  [[0, 0, 4], undefined],
  [[4, 0], 0],
])("%j changed to %s of what is usual", (sizes, change) => {
  expect(changeOf(sizes)).toBe(change);
});
