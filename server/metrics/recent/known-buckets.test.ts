import fc from "fast-check";
import { expect, test } from "vitest";
import { addSamples, createSums, type Sums } from "../chunks/sums";
import { createKnownBuckets } from "./known-buckets";

const STEPS = [5, 10];
const END = 200;

type Window = Parameters<ReturnType<typeof createKnownBuckets>["recall"]>[1];

/** A database of two series, and what is remembered of it. */
function createWorld() {
  const stored = [1, 2].map((series) => ({ series, samples: new Map<number, number>() }));
  const known = createKnownBuckets({ mostBuckets: 100 });
  const add = (sums: ReadonlyMap<number, Sums>, window: Window) => {
    for (const { series, samples } of stored) {
      const mine = sums.get(series);
      const sorted = [...samples].sort(([a], [b]) => a - b);
      if (mine) {
        const [at, value] = [0, 1].map((column) => Float64Array.from(sorted, (sample) => sample[column] ?? 0));
        if (at && value) addSamples(mine, { at, value }, window);
      }
    }
  };
  const answers: (() => void)[] = [];
  return {
    write(series: number, at: number, value: number) {
      stored[series - 1]?.samples.set(at, value);
      known.touch(series, at);
    },
    forget(series: number) {
      stored[series - 1]?.samples.clear();
      known.forget([series]);
    },
    /** The answer is remembered at once, or later. Returns how many buckets the server was asked for. */
    ask(series: readonly number[], stepMs: number, { from, to }: Window, later: boolean): number {
      const grid = { from: from * stepMs, stepMs, length: to - from };
      const empty = () => new Map(series.map((id) => [id, createSums(grid)]));
      const [sums, right] = [empty(), empty()];
      let asked = 0;
      const window = { from: from * stepMs, to: to * stepMs };
      for (const part of known.recall(sums, window)) {
        const learn = known.expect(sums, part);
        add(sums, part);
        asked += (part.to - part.from) / stepMs;
        if (later) answers.push(learn);
        else learn();
      }
      add(right, window);
      for (const id of series)
        for (const column of ["count", "sum", "min", "max"] as const)
          expect(sums.get(id)?.[column]).toEqual(right.get(id)?.[column]);
      return asked;
    },
    answer: () => answers.shift()?.(),
  };
}

const series = fc.constantFrom(1, 2);
const deed = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("write" as const), series, at: fc.nat(END - 1) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("ask" as const),
      series: fc.constantFrom([1], [2], [1, 2]),
      stepMs: fc.constantFrom(...STEPS),
      from: fc.nat(18),
      length: fc.integer({ min: 1, max: 20 }),
      later: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ kind: "answer" as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("forget" as const), series }) },
);

test("any history of asking, late samples and forgetting: what is remembered is what the server would say", () => {
  let remembered = 0;
  const property = fc.property(fc.array(deed, { maxLength: 80 }), (deeds) => {
    const world = createWorld();
    for (const [index, one] of deeds.entries()) {
      if (one.kind === "write") world.write(one.series, one.at, index);
      else if (one.kind === "forget") world.forget(one.series);
      else if (one.kind === "answer") world.answer();
      else {
        const asked = world.ask(one.series, one.stepMs, { from: one.from, to: one.from + one.length }, one.later);
        if (asked < one.length) remembered++;
      }
    }
  });
  fc.assert(property, { numRuns: 500 });
  expect(remembered).toBeGreaterThan(100);
});

test("what was asked for an hour ago is asked for again", () => {
  let at = 0;
  const known = createKnownBuckets({ now: () => at });
  const sums = new Map([[1, createSums({ from: 0, stepMs: 10, length: 5 })]]);
  const window = { from: 0, to: 50 };
  known.expect(sums, window)();
  expect(known.recall(sums, window)).toEqual([]);
  at = 3_600_000;
  expect(known.recall(sums, window)).toEqual([window]);
});
