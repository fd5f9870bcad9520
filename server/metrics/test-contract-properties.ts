import fc from "fast-check";
import { test } from "vitest";
import { DAY_MS, floorTo, HOUR_MS } from "./grid";
import type { Model, Sample } from "./test-model";
import type { Subject } from "./test-subject";

/** Of each property. Histories across restarts are a sixth. */
const RUNS = 40;
const SPAN_MS = 4 * DAY_MS;
const TIMEOUT_MS = 60_000;

/** Everywhere in the span, and often where it matters: on edges of buckets, and at instants drawn twice. */
const offset = fc.oneof(
  fc.integer({ min: 0, max: SPAN_MS - 1 }),
  fc
    .tuple(fc.integer({ min: 0, max: SPAN_MS / HOUR_MS - 1 }), fc.integer({ min: -1, max: 1 }))
    .map(([hour, by]) => Math.max(0, hour * HOUR_MS + by)),
  fc.integer({ min: 0, max: 20 }).map((index) => index * 10_000),
);
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.constantFrom(0, 1, 1e-300, -1e300, 1.7e308, 5e-324),
);
const samples = fc.array(fc.record({ series: fc.integer({ min: 0, max: 2 }), offset, value }), {
  minLength: 1,
  maxLength: 60,
});
const question = fc.record({
  from: offset,
  length: fc.oneof(fc.integer({ min: 1, max: SPAN_MS }), fc.constantFrom(HOUR_MS, DAY_MS, SPAN_MS)),
  maxPoints: fc.integer({ min: 1, max: 400 }),
  minStepMs: fc.constantFrom(1_000, 10_000, 60_000, HOUR_MS, DAY_MS),
});
const deed = fc.oneof(
  { weight: 5, arbitrary: samples.map((list) => ({ kind: "write" as const, list })) },
  { weight: 4, arbitrary: question.map((asked) => ({ kind: "range" as const, asked })) },
  { weight: 3, arbitrary: question.map((asked) => ({ kind: "window" as const, asked })) },
  { weight: 2, arbitrary: offset.map((now) => ({ kind: "rollUp" as const, now })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("prune" as const),
      now: offset,
      rawMs: fc.constantFrom(HOUR_MS, DAY_MS),
      // Of some series, raw samples are kept shorter.
      shorter: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
      byMs: fc.constantFrom(0, HOUR_MS / 2, 20 * HOUR_MS),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "flush" as const }) },
);

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

export function describeProperties({ store, restart, series, laterDay, createModel }: Subject, runs = RUNS): void {
  const newWorld = () => ({ ids: series(3), start: laterDay(), model: createModel() });
  const place = (list: readonly { series: number; offset: number; value: number }[], ids: number[], start: number) =>
    list.map(
      (sample): Sample => ({
        series: ids[sample.series] ?? 0,
        at: start + sample.offset,
        // There is one zero.
        value: sample.value + 0,
      }),
    );

  test(
    "any samples and any question: the answer is that of a search through everything, before and after rolling up",
    async () => {
      const property = fc.asyncProperty(
        samples,
        fc.array(question, { minLength: 1, maxLength: 5 }),
        async (list, asked) => {
          const { ids, start, model } = newWorld();
          model.write(store(), place(list, ids, start));
          for (const rolledUp of [0, SPAN_MS / 3, 2 * SPAN_MS]) {
            await store().rollUp(start + rolledUp);
            for (const one of asked) await ask(model, one, { ids, start });
          }
        },
      );
      await fc.assert(property, { numRuns: runs });
    },
    TIMEOUT_MS,
  );

  async function ask(
    model: Model,
    asked: { from: number; length: number; maxPoints: number; minStepMs: number },
    { ids, start }: { ids: number[]; start: number },
  ): Promise<void> {
    const from = start + asked.from;
    const { maxPoints, minStepMs } = asked;
    await model.expectRange(store(), { series: ids, from, to: from + asked.length, maxPoints, minStepMs });
    await model.expectWindow(store(), { series: ids, from, to: from + asked.length });
  }

  test(
    "any history of writing, late writing, rolling up, pruning and asking",
    async () => {
      const property = fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 25 }), async (deeds) => {
        const world = { ...newWorld(), rawFrom: 0 };
        for (const one of deeds) await act(world, one);
        const { ids, start, model } = world;
        await model.expectRange(store(), { series: ids, from: start, to: start + SPAN_MS, maxPoints: 100 });
      });
      await fc.assert(property, { numRuns: runs });
    },
    TIMEOUT_MS,
  );

  async function act(world: ReturnType<typeof newWorld> & { rawFrom: number }, one: Deed): Promise<void> {
    const { ids, start, model } = world;
    switch (one.kind) {
      case "write": {
        const list = place(one.list, ids, start).filter(({ at }) => at >= world.rawFrom);
        return list.length > 0 ? model.write(store(), list) : undefined;
      }
      case "range": {
        const from = start + one.asked.from;
        return model.expectRange(store(), { ...one.asked, series: ids, from, to: from + one.asked.length });
      }
      case "window": {
        // Before the raw samples that are kept, edges are whole hours.
        const from = Math.max(world.rawFrom, start + one.asked.from);
        return model.expectWindow(store(), { series: ids, from, to: from + one.asked.length });
      }
      case "rollUp":
        return store().rollUp(start + one.now);
      case "prune": {
        const now = start + one.now;
        await store().rollUp(now);
        const retention = { rawMs: one.rawMs, hourlyMs: 100 * DAY_MS, dailyMs: 4_000 * DAY_MS };
        const shortMs = Math.max(0, one.rawMs - one.byMs);
        await store().prune(now, retention, new Map(one.shorter.map((index) => [ids[index] ?? 0, shortMs])));
        const leastMs = one.shorter.length > 0 ? shortMs : one.rawMs;
        world.rawFrom = Math.max(world.rawFrom, floorTo(now - leastMs, HOUR_MS));
        return undefined;
      }
      case "flush":
        return store().flush();
    }
    return one satisfies never;
  }

  test(
    "any samples are the same after a restart",
    async () => {
      const property = fc.asyncProperty(samples, samples, question, async (first, second, asked) => {
        const { ids, start, model } = newWorld();
        model.write(store(), place(first, ids, start));
        await store().rollUp(start + asked.from);
        await restart();
        model.write(store(), place(second, ids, start));
        await restart();
        model.expectLatest(store(), ids);
        await ask(model, asked, { ids, start });
        await store().rollUp(start + SPAN_MS);
        await ask(model, { ...asked, minStepMs: HOUR_MS }, { ids, start });
      });
      await fc.assert(property, { numRuns: Math.max(2, Math.floor(runs / 6)) });
    },
    TIMEOUT_MS,
  );
}
