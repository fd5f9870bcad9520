import { expect, test } from "vitest";
import { createBucketBook } from "./received-buckets";

const INF = Number.POSITIVE_INFINITY;
type Bounds = readonly (readonly [number, number])[];

/** What comes of histograms that are told one after another, ten seconds apart. */
function feed(...told: Bounds[]) {
  const book = createBucketBook();
  return told.map((buckets, index) => {
    const stage = book.stage("i");
    const values = stage.quantiles("h", { at: index * 10_000, buckets, isIncrease: false });
    stage.keep();
    return values?.[0];
  });
}

test("the first says nothing, the next what came in between, and one to which nothing came says nothing", () => {
  const first: Bounds = [
    [1, 10],
    [2, 10],
    [INF, 10],
  ];
  const second: Bounds = [
    [1, 10],
    [2, 20],
    [INF, 20],
  ];
  expect(feed(first, second, second)).toEqual([undefined, 1.5, undefined]);
});

test("a histogram that began anew is all there is", () => {
  expect(
    feed(
      [
        [1, 100],
        [INF, 100],
      ],
      [
        [1, 4],
        [INF, 4],
      ],
    ),
  ).toEqual([undefined, 0.5]);
});

test("bounds may become more, fewer or coarser, as those of exponential histograms do", () => {
  const grown = feed(
    [
      [1, 0],
      [2, 4],
      [INF, 4],
    ],
    [
      [1, 0],
      [2, 4],
      [4, 8],
      [INF, 8],
    ],
    [
      [1, 0],
      [4, 16],
      [INF, 16],
    ],
  );
  expect(grown).toEqual([undefined, 3, 2.5]);
});

test("what is not kept is as if it had not come", () => {
  const book = createBucketBook();
  const one: Bounds = [
    [1, 10],
    [INF, 10],
  ];
  book.stage("i").quantiles("h", { at: 0, buckets: one, isIncrease: false });
  expect(book.stage("i").quantiles("h", { at: 10, buckets: one, isIncrease: false })).toBeUndefined();
  const stage = book.stage("i");
  expect(stage.quantiles("h", { at: 10, buckets: one, isIncrease: true })?.[0]).toBe(0.5);
});
