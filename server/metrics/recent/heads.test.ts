import fc from "fast-check";
import { expect, test } from "vitest";
import { toSummary } from "../chunks/sums";
import type { Latest } from "../store";
import { createHeads } from "./heads";

const windowOf = (from: number, to: number) => ({ from, stepMs: to - from, length: 1 });
const latestOf = (...list: Latest[]) => new Map(list.map((one) => [one.series, one]));

test("a series of which nothing is known has all of its samples in memory, one that is older those after its newest", () => {
  const heads = createHeads({ latest: latestOf({ series: 2, at: 50, value: 1 }), since: 10 });
  const read = (from: number) => [...heads.read([1, 2], windowOf(from, 100)).keys()];
  expect(read(51)).toEqual([1, 2]);
  expect(read(50)).toEqual([1]);
  expect(read(10)).toEqual([1]);
  expect(read(9)).toEqual([]);
});

test("what is there already is known, what is older than memory is not", () => {
  const heads = createHeads({ latest: latestOf({ series: 1, at: 50, value: 1 }), since: 0 });
  expect([heads.add(1, 60, 1), heads.add(1, 60, 2), heads.add(1, 40, 1), heads.add(1, 40, 2)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test("with very many series each has less, and what went is not answered for", () => {
  const heads = createHeads({ latest: new Map(), since: 0, mostSamples: 1 });
  for (let at = 0; at < 100; at++) heads.add(1, at, at);
  expect(heads.read([1], windowOf(0, 100)).size).toBe(0);
  const sums = heads.read([1], windowOf(60, 100)).get(1);
  expect(sums && toSummary(1, sums)).toMatchObject([{ count: 40, min: 60, max: 99, last: 99 }]);
});

test("what was deleted or came late while the database was asked is not put in front", () => {
  const rows = { at: [10, 20], value: [1, 2] };
  const newest = { series: 1, at: 20, value: 2 };
  const is = (change: (heads: ReturnType<typeof createHeads>) => void) => {
    const heads = createHeads({ latest: latestOf(newest), since: 0 });
    const extend = heads.extension();
    change(heads);
    extend(1, 5, rows);
    return heads.read([1], windowOf(5, 100)).size === 1;
  };
  expect(is(() => undefined)).toBe(true);
  expect(is((heads) => heads.add(1, 30, 3))).toBe(true);
  expect(is((heads) => heads.add(1, 15, 3))).toBe(false);
  expect(
    is((heads) => {
      heads.block([1]);
      heads.release([1]);
    }),
  ).toBe(false);
});

const instant = fc.integer({ min: 0, max: 200 });
const deed = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant("write" as const), at: instant }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("ask the database" as const), from: instant }) },
  { weight: 3, arbitrary: fc.constant({ kind: "be answered" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "forget" as const }) },
);

/** One series in memory, and the database beside it. @param stored before it was opened */
function createWorld(stored: readonly number[]) {
  /** Of an instant the first value counts. */
  const database = new Map<number, number>();
  const latest = new Map<number, Latest>();
  const heads = createHeads({ latest, since: 0, mostSamples: 1 });
  const put = (at: number, value: number) => {
    if (!database.has(at)) database.set(at, value);
    if (at > (latest.get(1)?.at ?? -1)) latest.set(1, { series: 1, at, value });
  };
  for (const at of stored) put(at, -at);
  const from = (first: number) => [...database].filter(([at]) => at >= first).sort(([a], [b]) => a - b);
  let answer = () => {};
  return {
    heads,
    from,
    write(at: number, value: number) {
      if (!heads.add(1, at, value)) expect(database.has(at)).toBe(true);
      put(at, value);
    },
    ask(first: number) {
      const extend = heads.extension();
      const rows = from(first);
      answer = () => extend(1, first, { at: rows.map(([at]) => at), value: rows.map(([, value]) => value) });
    },
    answer: () => answer(),
    forget() {
      latest.delete(1);
      heads.block([1]);
      database.clear();
      heads.release([1]);
    },
  };
}

test("any history of writing, restoring and forgetting: memory answers rightly, or not at all", () => {
  let answered = 0;
  const property = fc.property(
    fc.array(instant, { maxLength: 60 }),
    fc.array(deed, { maxLength: 200 }),
    fc.integer({ min: 0, max: 150 }),
    (stored, deeds, from) => {
      const world = createWorld(stored);
      for (const [index, one] of deeds.entries()) {
        if (one.kind === "write") world.write(one.at, index);
        else if (one.kind === "ask the database") world.ask(one.from);
        else if (one.kind === "be answered") world.answer();
        else world.forget();
      }
      const sums = world.heads.read([1], windowOf(from, 201)).get(1);
      if (!sums) return;
      answered++;
      const values = world.from(from).map(([, value]) => value);
      const figures = { count: values.length, min: Math.min(...values), max: Math.max(...values), last: values.at(-1) };
      expect(toSummary(1, sums)).toMatchObject(values.length === 0 ? [] : [figures]);
    },
  );
  fc.assert(property, { numRuns: 500 });
  expect(answered).toBeGreaterThan(50);
});
