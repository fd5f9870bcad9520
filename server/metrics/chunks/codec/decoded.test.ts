import fc from "fast-check";
import { expect, test } from "vitest";
import { CorruptData } from "./corrupt-data";
import { createDecoder, type Decoded } from "./decoded";
import { decodeSamples, encodeSamples } from "./samples";
import { anyColumn, anyInstants, differsAt } from "./test-values";

const decode = createDecoder();

function spell({ count, even, at, scaled, power }: Decoded) {
  return {
    at: Float64Array.from({ length: count }, (_, index) => (even ? even.first + index * even.step : (at[index] ?? 0))),
    value: Float64Array.from({ length: count }, (_, index) => (scaled[index] ?? 0) / power),
  };
}

test.each([
  ["whatever their instants are", (count: number) => anyInstants(count)],
  [
    "evenly spaced",
    (count: number) =>
      fc
        .record({ first: fc.nat(), step: fc.integer({ min: 1, max: 1e9 }) })
        .map(({ first, step }) => Float64Array.from({ length: count }, (_, index) => first + index * step)),
  ],
])("gives every sample bit for bit, %s, in memory that it uses again", (_, instants) => {
  const samples = anyColumn(400).chain((values) =>
    instants(values.length).map((at) => ({ at, value: Float64Array.from(values) })),
  );
  fc.assert(
    fc.property(samples, ({ at, value }) => {
      const back = spell(decode(encodeSamples(at, value, at.length)));
      expect(differsAt(back.at, at), "first instant that differs").toBe(-1);
      expect(differsAt(back.value, value), "first value that differs").toBe(-1);
    }),
    { numRuns: 300 },
  );
});

test("takes more samples than it had room for, and fewer afterwards", () => {
  const at = Float64Array.from({ length: 3_000 }, (_, index) => index * 1_000 + (index % 7));
  for (const count of [10, 3_000, 10, 0])
    expect(spell(decode(encodeSamples(at, at, count)))).toEqual(decodeSamples(encodeSamples(at, at, count)));
});

test("refuses what is damaged", () => {
  const whole = encodeSamples(Float64Array.of(0, 1_000, 2_000), Float64Array.of(1, 2, 3), 3);
  for (let length = 0; length < whole.length; length++)
    expect(() => decode(whole.subarray(0, length))).toThrow(CorruptData);
});
