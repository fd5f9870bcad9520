import fc from "fast-check";
import { expect, test } from "vitest";
import { CorruptData } from "./corrupt-data";
import { decodeSamples, encodeSamples } from "./samples";
import { anyColumn, anyInstants, differsAt, EDGES } from "./test-values";

const START = 1_764_000_000_000;
const instants = (count: number) => Float64Array.from({ length: count }, (_, index) => START + 10_000 * index);

function expectSame(at: Float64Array, value: Float64Array): number {
  const blob = encodeSamples(at, value, at.length);
  const back = decodeSamples(blob);
  expect(differsAt(back.at, at), "first instant that differs").toBe(-1);
  expect(differsAt(back.value, value), "first value that differs").toBe(-1);
  return blob.length;
}

test("every sample comes back bit for bit", () => {
  const samples = anyColumn(400).chain((values) =>
    anyInstants(values.length).map((at) => ({ at, value: Float64Array.from(values) })),
  );
  fc.assert(
    fc.property(samples, ({ at, value }) => {
      expectSame(at, value);
    }),
    { numRuns: 600 },
  );
});

test.each(EDGES)("%d comes back as it was, alone and among others", (edge) => {
  expectSame(instants(1), Float64Array.of(edge));
  expectSame(instants(3), Float64Array.of(20, edge, 20.5));
  expectSame(instants(300), new Float64Array(300).fill(edge));
});

test("every bit of a double comes back, wherever it is set", () => {
  const bits = new BigUint64Array(64).map((_, index) => 1n << BigInt(index));
  const values = new Float64Array(bits.buffer).filter((value) => !Number.isNaN(value));
  expect(values.length).toBe(64);
  expectSame(instants(64), values);
});

test("a column that begins with few decimals and ends with many is exact from the start", () => {
  expectSame(instants(4), Float64Array.of(562_949_953_421_311, 0.1, 0.01, 1e-9));
});

test.each([
  ["one sample", instants(1), Float64Array.of(1), 18],
  ["720 times the same", instants(720), new Float64Array(720).fill(4.2e9), 26],
  ["up, down once, up", instants(720), new Float64Array(720).fill(1).fill(0, 100, 103), 32],
  ["uptime, steadily rising", instants(720), instants(720), 40],
  ["quarters", instants(720), instants(720).map((_, index) => ((index * 7_919) % 61) / 4), 600],
  ["memory in pages", instants(720), instants(720).map((_, index) => 4_096 * ((index * 7_919) % 251)), 800],
])("%s takes few bytes", (_, at, value, atMost) => {
  expect(expectSame(at, value)).toBeLessThanOrEqual(atMost);
});

test("takes the first so many, and no samples at all", () => {
  const blob = encodeSamples(instants(5), Float64Array.of(1, 2, 3, Number.NaN, 5), 3);
  expect([...decodeSamples(blob).value]).toEqual([1, 2, 3]);
  expect(decodeSamples(encodeSamples(instants(5), new Float64Array(5), 0)).at.length).toBe(0);
});

test("columns may be views into larger ones", () => {
  const ring = Float64Array.of(9, 1.5, 1 / 3, 9);
  expectSame(instants(4).subarray(1, 3), ring.subarray(1, 3));
});

test.each([
  ["NaN", [1, 2], [1, Number.NaN]],
  ["an instant twice", [1, 1], [1, 2]],
  ["time running backwards", [2, 1], [1, 2]],
  ["half a millisecond", [1, 1.5], [1, 2]],
  ["a time before 1970", [-1, 1], [1, 2]],
  ["a time beyond 2^53", [1, 2 ** 53], [1, 2]],
  ["no time", [1, Number.NaN], [1, 2]],
  ["fewer values than instants", [1, 2], [1]],
])("refuses %s", (_, at, value) => {
  expect(() => encodeSamples(Float64Array.from(at), Float64Array.from(value), 2)).toThrow(RangeError);
});

test("any flipped bit, and any cut, is noticed", () => {
  const values = instants(40).map((_, index) => Math.sin(index));
  for (const value of [values, values.map((each) => Math.round(each * 100) / 100)]) {
    const blob = encodeSamples(instants(40), value, 40);
    for (let bit = 0; bit < blob.length * 8; bit++) {
      const flipped = blob.with(bit >> 3, (blob[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      expect(() => decodeSamples(flipped), `bit ${bit}`).toThrow(CorruptData);
    }
    for (let length = 0; length < blob.length; length++)
      expect(() => decodeSamples(blob.subarray(0, length)), `cut at ${length}`).toThrow(CorruptData);
  }
});

test("a later version says that it is one", () => {
  const blob = encodeSamples(instants(1), Float64Array.of(1), 1);
  expect(() => decodeSamples(blob.with(0, 0x12))).toThrow("0x12 instead of 0x11: another kind, or from a newer Unity");
});

test("what another room hands over as Buffer is read alike", () => {
  const blob = Buffer.concat([Buffer.of(1, 2, 3), encodeSamples(instants(2), Float64Array.of(1, 2), 2)]).subarray(3);
  expect([...decodeSamples(blob).value]).toEqual([1, 2]);
});
