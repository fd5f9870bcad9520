import fc from "fast-check";
import { expect, test } from "vitest";
import { type Batch, decodeBatch, deflateBatch, encodeBatch } from "./batch";
import { CorruptData } from "./corrupt-data";
import { anyColumn, differsAt } from "./test-values";

const COLUMNS = ["series", "at", "value"] as const;

function expectBatch(back: Batch, expected: Batch): void {
  for (const column of COLUMNS) expect(differsAt(back[column], expected[column]), column).toBe(-1);
}

test("every batch comes back bit for bit and in its order, deflated or not", async () => {
  const batch = anyColumn(300).map((values) => ({
    series: Float64Array.from(values, (_, index) => (index * 7_919) % 101),
    at: Float64Array.from(values, (_, index) => 1_764_000_000_000 - (index % 3) * 5_000),
    value: Float64Array.from(values),
  }));
  await fc.assert(
    fc.asyncProperty(batch, async (each) => {
      const blob = encodeBatch(each.series, each.at, each.value, each.series.length);
      expectBatch(decodeBatch(blob), each);
      const deflated = await deflateBatch(blob);
      expect(deflated.length).toBeLessThanOrEqual(blob.length);
      expectBatch(decodeBatch(deflated), each);
    }),
    { numRuns: 300 },
  );
});

test("what does not get smaller stays as it is", async () => {
  const one = Float64Array.of(1);
  const blob = encodeBatch(one, one, one, 1);
  expect(await deflateBatch(blob)).toBe(blob);
});

test("a batch that repeats itself is deflated, and damage is noticed", async () => {
  const value = Float64Array.from({ length: 4_000 }, (_, index) => Math.sqrt(index % 16));
  const blob = encodeBatch(value, value, value, value.length);
  const deflated = await deflateBatch(blob);
  expect(deflated.length).toBeLessThan(blob.length / 2);
  expect(() => decodeBatch(deflated.with(100, (deflated[100] ?? 0) ^ 1))).toThrow(CorruptData);
  expect(() => decodeBatch(deflated.subarray(0, -1))).toThrow(CorruptData);
});

test("refuses NaN in any column, and more samples than there are", () => {
  const one = Float64Array.of(1);
  const bad = Float64Array.of(Number.NaN);
  expect(() => encodeBatch(bad, one, one, 1)).toThrow(RangeError);
  expect(() => encodeBatch(one, bad, one, 1)).toThrow(RangeError);
  expect(() => encodeBatch(one, one, bad, 1)).toThrow(RangeError);
  expect(() => encodeBatch(one, one, one, 2)).toThrow(RangeError);
});
