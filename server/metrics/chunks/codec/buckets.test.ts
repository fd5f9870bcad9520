import fc from "fast-check";
import { expect, test } from "vitest";
import { type Buckets, decodeBuckets, encodeBuckets } from "./buckets";
import { anyColumn, anyInstants, differsAt } from "./test-values";

const COLUMNS = ["at", "count", "sum", "min", "max", "last"] as const;

function expectSame(buckets: Buckets): number {
  const blob = encodeBuckets(buckets);
  const back = decodeBuckets(blob);
  for (const column of COLUMNS) expect(differsAt(back[column], buckets[column]), column).toBe(-1);
  return blob.length;
}

test("every bucket comes back bit for bit", () => {
  const buckets = anyColumn(150).chain((first) => {
    const figure = anyColumn(150).map((values) =>
      Float64Array.from(first, (_, index) => values[index % values.length] ?? 0),
    );
    return fc.record({
      at: anyInstants(first.length),
      count: figure,
      sum: figure,
      min: figure,
      max: figure,
      last: fc.constant(Float64Array.from(first)),
    });
  });
  fc.assert(
    fc.property(buckets, (each) => {
      expectSame(each);
    }),
    { numRuns: 200 },
  );
});

test("a month of hours of two decimals takes less than ten bytes a bucket", () => {
  const cents = (value: number) => Math.round(value * 100) / 100;
  const level = (index: number) => Math.round(5_000 + 1_000 * Math.sin(index * 1.7) + 500 * Math.sin(index * 99)) / 100;
  const column = (figure: (index: number) => number) => Float64Array.from({ length: 720 }, (_, index) => figure(index));
  const size = expectSame({
    at: column((index) => index * 3_600_000),
    count: column(() => 360),
    sum: column((index) => cents(level(index) * 360)),
    min: column((index) => cents(level(index) - (index % 7))),
    max: column((index) => cents(level(index) + (index % 5))),
    last: column(level),
  });
  expect(size / 720).toBeLessThan(10);
});

test("refuses columns of different lengths, NaN, and buckets out of order", () => {
  const one = Float64Array.of(1);
  const good: Buckets = { at: one, count: one, sum: one, min: one, max: one, last: one };
  expect(expectSame(good)).toBeLessThan(40);
  expect(() => encodeBuckets({ ...good, last: Float64Array.of(1, 2) })).toThrow(RangeError);
  expect(() => encodeBuckets({ ...good, sum: Float64Array.of(Number.NaN) })).toThrow(RangeError);
  expect(() => encodeBuckets({ ...good, at: Float64Array.of(-5) })).toThrow(RangeError);
});

test("no bucket at all is fine", () => {
  const none = new Float64Array(0);
  expect(expectSame({ at: none, count: none, sum: none, min: none, max: none, last: none })).toBeLessThan(10);
});
