import fc from "fast-check";

/** Doubles where codecs go wrong. */
export const EDGES = [
  0,
  -0,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  2.2250738585072014e-308, // the smallest that is not denormal
  2.225073858507201e-308, // the largest that is
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.EPSILON,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 50 - 1,
  2 ** 50,
  -(2 ** 50),
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  0.1,
  0.1 + 0.2,
  1 / 3,
  1e-12,
  1e-13,
  123_456_789.012_345_67,
];

/** Columns as plugins report them, and as nobody would. No NaN. */
export const anyColumn = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.oneof(
    column(fc.double({ noNaN: true }), maxLength),
    column(fc.constantFrom(...EDGES), maxLength),
    column(
      fc.integer({ min: 0, max: 10_000 }).map((value) => value / 100),
      maxLength,
    ),
    column(
      fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000),
      maxLength,
    ),
    column(
      fc.integer({ min: 0, max: 64 }).map((value) => value * 4_096),
      maxLength,
    ),
    column(fc.constantFrom(0, 1), maxLength),
    column(fc.float({ noNaN: true }), maxLength),
    column(fc.maxSafeInteger(), maxLength),
    // Mostly the same, and sometimes something else: what makes a layout that was chosen early give up.
    fc
      .tuple(
        column(fc.constantFrom(20, 20, 20, 20, 20.5), maxLength),
        fc.constantFrom(...EDGES),
        fc.nat({ max: maxLength }),
      )
      .map(([values, odd, place]) => values.with(place % values.length, odd)),
    // A counter.
    column(fc.integer({ min: 0, max: 50_000 }), maxLength).map((steps) => {
      let sum = 0;
      return steps.map((step) => {
        sum += step;
        return sum;
      });
    }),
  );

const column = (value: fc.Arbitrary<number>, maxLength: number) =>
  fc.array(value, { minLength: 1, maxLength, size: "max" });

/** So many instants in order: on a beat, with jitter, with holes, or anywhere up to 2^53 - 1. */
export const anyInstants = (count: number): fc.Arbitrary<Float64Array> => {
  const steps = fc.oneof(
    fc.constant([10_000]),
    fc.array(fc.integer({ min: 9_990, max: 10_010 }), { minLength: 1 }),
    fc.array(fc.constantFrom(10_000, 10_000, 10_000, 3_600_000, 1), { minLength: 1 }),
    fc.array(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1 }),
    fc.constant([2 ** 52 / count]),
  );
  return fc.tuple(fc.constantFrom(0, 1, 1_764_000_000_000, 2 ** 50 - 5, 2 ** 52), steps).map(([start, repeated]) => {
    let at = start;
    return Float64Array.from({ length: count }, (_, index) => {
      if (index > 0) at += Math.max(1, Math.floor(repeated[index % repeated.length] ?? 1));
      return Math.min(at, Number.MAX_SAFE_INTEGER - count + index + 1);
    });
  });
};

/** The first index where they differ in any bit, -1 where they are the same. */
export function differsAt(left: Float64Array, right: Float64Array): number {
  if (left.length !== right.length) return Math.min(left.length, right.length);
  return left.findIndex((value, index) => !Object.is(value, right[index]));
}
