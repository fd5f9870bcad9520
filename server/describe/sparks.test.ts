import { expect, test } from "vitest";
import type { Figure } from "./figures";
import { createSparks, isBeyond } from "./sparks";

const figure = (rest: Partial<Figure> = {}): Figure => ({
  title: "",
  unit: "ratio",
  combine: "max",
  series: [1, 2],
  max: 1,
  warn: 0.8,
  bad: 0.9,
  lowIsBad: false,
  staleAfterMs: 35_000,
  ...rest,
});
const spark = (chosen: Figure, ...columns: (number | null)[][]) =>
  createSparks({
    stepMs: 60_000,
    length: columns[0]?.length ?? 0,
    series: columns.map((avg, index) => ({ series: index + 1, avg })),
  })(chosen);

test("combines its series bucket by bucket, to four digits; a gap is a gap", () => {
  expect(spark(figure({ combine: "sum" }), [1.000_04, null, 2], [2, null, null])).toEqual([3, null, 2]);
});

test("what is measured every five minutes stands until the next is due, and no longer", () => {
  const slow = figure({ staleAfterMs: 300_000 * 3 + 5_000 });
  expect(spark(slow, [null, 0.5, null, null, null, null, null, 0.7])).toEqual([
    null,
    0.5,
    0.5,
    0.5,
    0.5,
    0.5,
    null,
    0.7,
  ]);
});

test("no series, no line", () => {
  expect(spark(figure({ series: [9] }), [1, 2])).toEqual([]);
});

test.each([
  [figure(), 0.85, true],
  [figure(), 0.5, false],
  [figure({ lowIsBad: true, warn: 30, bad: 7 }), 20, true],
  [figure({ warn: null, bad: null }), 5, false],
])("%o with %d is beyond its limit: %s", (chosen, value, beyond) => {
  expect(isBeyond(chosen, new Map([[1, value]]))).toBe(beyond);
});
