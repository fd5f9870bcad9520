import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createHandedStore } from "./handed-store";
import type { MetricStore } from "./store";

/** Answers `flush` with its name, and has as much in memory as a store has. */
function createNamed(name: string, closed: string[]): MetricStore {
  const heads = new Float64Array(100_000).fill(1);
  const named = {
    flush: async () => expect(heads.length).toBe(100_000),
    close: async () => void closed.push(name),
    stats: async () => ({ engine: name }),
  };
  // Nothing else of a store is asked for here.
  return named as unknown as MetricStore;
}

test("everything goes to the store that there is now, and the one before is closed and let go of", async () => {
  const closed: string[] = [];
  let first: MetricStore | undefined = createNamed("first", closed);
  const before = new WeakRef(first);
  const { store, hand } = createHandedStore(first);
  first = undefined;
  expect((await store.stats()).engine).toBe("first");
  await hand(createNamed("second", closed));
  expect([(await store.stats()).engine, closed]).toEqual(["second", ["first"]]);
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  expect(before.deref()).toBeUndefined();
});
