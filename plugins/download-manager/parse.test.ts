import { expect, test } from "vitest";
import { amount, joinHalves, known } from "./parse";

test.each([
  [12.5, 12.5],
  ["12.5", 12.5],
  [" 7 ", 7],
  ["-1", -1],
  ["", undefined],
  ["12 GB", undefined],
  [null, undefined],
  [{}, undefined],
])("reads %j as an amount", (value, wanted) => {
  expect(amount.parse(value)).toBe(wanted);
});

test.each([
  [0, 5, 5],
  [1, 0, 4_294_967_296],
  [4_294_967_295, 4_294_967_295, undefined],
  [-1, -1, undefined],
  [undefined, 5, undefined],
])("joins the halves %j and %j", (high, low, wanted) => {
  expect(joinHalves(high, low)).toBe(wanted);
});

test("a negative amount means that it is not known", () => {
  expect([known(-1), known(0), known(Number.NaN), known(undefined)]).toEqual([undefined, 0, undefined, undefined]);
});
