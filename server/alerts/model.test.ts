import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createEngine } from "./engine";
import type { Lookback } from "./lookback";
import type { Alert, Transition } from "./shapes/alert";
import { type Rule, RuleDraft } from "./shapes/rule";
import { AlertModel, INTERVAL, type ModelRule } from "./test-model";
import type { SeriesName, Watched } from "./watched";

/** In all of them together. */
const TRACES = 10_000;
const SECOND = 1_000;
/** An hour before Berlin's clocks go back: instants are no clock on a wall, so nothing may come of it. */
const START = Date.UTC(2026, 9, 25, 0, 0);
const HOUR = 3_600 * SECOND;
const SERIES: readonly SeriesName[] = [
  { id: 1, metric: "used", labels: { mount: "/" } },
  { id: 2, metric: "used", labels: { mount: "/data" } },
];
const INSTANCE: Watched = { id: "i", plugin: "p", name: "n", host: "h", tags: [], intervalSeconds: 10, config: {} };
const NO_PAST: Lookback = { push: () => undefined, read: (_, __, value) => value, forget: () => undefined };

const rule: fc.Arbitrary<ModelRule> = fc
  .record({
    kind: fc.constantFrom("value", "value", "value", "absent", "failing"),
    is: fc.constantFrom("above", "below"),
    limit: fc.constant(50),
    clear: fc.constantFrom(undefined, 50, 40),
    forMs: fc.constantFrom(0, 0, 10, 25, 60).map((seconds) => seconds * SECOND),
    keepMs: fc.constantFrom(0, 0, 20, 45).map((seconds) => seconds * SECOND),
    whenGone: fc.constantFrom("resolve", "keep", "fire"),
    silenceMs: fc.constantFrom(15, 40, 120).map((seconds) => seconds * SECOND),
    runs: fc.integer({ min: 1, max: 4 }),
  })
  .map((one) => (one.is === "below" && one.clear !== undefined ? { ...one, clear: 100 - one.clear } : one));

/** Values lie about the limit and between it and where it clears; undefined is a series that says nothing. */
const value = fc.option(fc.constantFrom(20, 39, 45, 50, 55, 61, 90), { nil: undefined, freq: 4 });
const run = fc.record({
  kind: fc.constant("run" as const),
  values: fc.tuple(value, value),
  failed: fc.constantFrom(false, false, false, true),
});
/** The same for a while: most of life. */
const runs = fc
  .tuple(run, fc.integer({ min: 1, max: 6 }))
  .map(([one, times]) => Array.from({ length: times }, () => one));
const deed = fc.oneof(
  { weight: 12, arbitrary: runs },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom("restart", "reload", "again", "late", "gap", "back", "forth", "wobble", "sleep", "byHand")
      .map((kind) => [{ kind } as const]),
  },
);
const trace = fc.array(deed, { minLength: 1, maxLength: 25 }).map((list) => list.flat());
type Deed = typeof trace extends fc.Arbitrary<(infer T)[]> ? T : never;

const SHIFTS = { gap: 45 * SECOND, back: -HOUR, forth: HOUR, wobble: -70 * SECOND, sleep: 6 * HOUR } as const;
const seconds = (ms: number) => ms / SECOND;

function toRule(model: ModelRule): Rule {
  const { kind, is, limit, clear, runs: count } = model;
  const value = { kind, metric: "used", is, limit, ...(clear === undefined ? {} : { clear }) };
  const absent = { kind, metric: "used", seconds: seconds(model.silenceMs) };
  const part = kind === "value" ? value : kind === "absent" ? absent : { kind, runs: count };
  const draft = RuleDraft.parse({
    name: "Rule",
    scope: { kind: "all" },
    parts: [part],
    forSeconds: seconds(model.forMs),
    keepFiringSeconds: seconds(model.keepMs),
    whenGone: model.whenGone,
    severity: "warning",
    summary: "x",
  });
  return { ...draft, id: "r", origin: "person" };
}

/** The engine with what lies around it: what the store and the ledger know, and what was written of open alerts. */
function createWorld(rules: readonly Rule[]) {
  const newest = new Map<number, { series: number; at: number; value: number }>();
  const dismissed = new Map<string, Alert>();
  let lastRunAt: number | null = null;
  let [now, errors] = [START, 0];
  const make = () =>
    createEngine({
      rules: () => rules,
      overrides: () => [],
      facts: () => ({ labels: ["mount"], isRate: false, staleMs: 3 * INTERVAL }),
      series: (id) => SERIES.find((one) => one.id === id),
      ofInstance: () => SERIES.filter(({ id }) => newest.has(id)),
      latest: (ids) => ids.flatMap((id) => newest.get(id) ?? []),
      lastRunAt: () => lastRunAt,
      lookback: NO_PAST,
      newId: randomUUID,
      undismissed: ({ id }) => expect(dismissed.delete(id)).toBe(true),
    });
  let engine = make();
  let isFresh = true;
  return {
    engine: () => engine,
    now: () => now,
    move(ms: number) {
      now += ms;
    },
    restart() {
      const alerts: Alert[] = JSON.parse(JSON.stringify([...engine.open(), ...dismissed.values()]));
      engine = make();
      isFresh = true;
      expect(engine.restore(alerts, now)).toEqual([]);
    },
    reload() {
      engine.reload();
      isFresh = true;
    },
    dismiss(id: string) {
      const ended = engine.resolve(id, now);
      expect(ended?.alert.id).toBe(id);
      if (ended) dismissed.set(id, ended.alert);
    },
    /** What is late or doubled is in the store already. */
    run(at: number, values: readonly (number | undefined)[], failed: boolean): Transition[] {
      const isIgnored = !isFresh && lastRunAt !== null && at <= lastRunAt && at > lastRunAt - 60 * SECOND;
      isFresh = false;
      const samples = values.flatMap((one, index) =>
        one === undefined ? [] : [{ series: index + 1, at, value: one }],
      );
      if (!isIgnored) {
        errors = failed ? errors + 1 : 0;
        for (const sample of samples) if (at > (newest.get(sample.series)?.at ?? 0)) newest.set(sample.series, sample);
      }
      const changes = engine.evaluate({
        instance: INSTANCE,
        at,
        failed,
        consecutiveErrors: errors,
        series: samples.map(({ series }) => series),
        values: samples.map((one) => one.value),
      });
      if (!isIgnored) lastRunAt = at;
      return changes;
    },
    lastRunAt: () => lastRunAt ?? START,
  };
}

const isOpen = (phase: string) => phase === "pending" || phase === "firing";
/** Whoever is in none of them is well, or nobody knows. */
const plain = (phase: string) => (isOpen(phase) ? phase : "idle");

/** Holds of every history of transitions, whatever made it. */
function createWitness() {
  const phases = new Map<string, string>();
  const fired = new Set<string>();
  return (id: string, from: string, to: string) => {
    expect(from).not.toBe(to);
    expect(phases.get(id) ?? "idle").toBe(plain(from));
    expect(phases.get(id)).not.toBe("over");
    if (to === "resolved") expect(fired).toContain(id);
    if (to === "firing") fired.add(id);
    phases.set(id, isOpen(to) ? to : "over");
  };
}

/** One trace, through both. @returns how many transitions there were */
function live(model: ModelRule, deeds: readonly Deed[]): number {
  const world = createWorld([toRule(model)]);
  const witness = createWitness();
  const models = (model.kind === "failing" ? ["{}"] : SERIES.map(({ labels }) => JSON.stringify(labels))).map(
    (key) => [key, new AlertModel(model)] as const,
  );
  let count = 0;

  function run(at: number, values: readonly (number | undefined)[], failed: boolean): void {
    const found = world.run(at, values, failed).map(({ alert, from, to }) => {
      witness(alert.id, from, to);
      return `${JSON.stringify(alert.labels)} ${plain(from)} ${to}`;
    });
    const expected = models.flatMap(([key, one], index) => {
      const told = one.run({ at, value: values[index], failed });
      return told && (isOpen(told.from) || isOpen(told.to)) ? [`${key} ${plain(told.from)} ${told.to}`] : [];
    });
    expect(found.sort()).toEqual(expected.sort());
    const open = world
      .engine()
      .open()
      .map(({ labels, standing }) => `${JSON.stringify(labels)} ${standing.phase}`);
    expect(open.sort()).toEqual(models.flatMap(([key, one]) => (one.isOpen() ? [`${key} ${one.phase}`] : [])).sort());
    count += found.length;
  }

  function byHand(): void {
    const alert = world.engine().open()[0];
    if (!alert) return;
    world.dismiss(alert.id);
    models.find(([key]) => key === JSON.stringify(alert.labels))?.[1].byHand(world.now());
  }

  const others = {
    again: () => run(world.lastRunAt(), [90, 20], true),
    late: () => run(world.lastRunAt() - 20 * SECOND, [20, 90], false),
    byHand,
    restart() {
      world.restart();
      for (const [, one] of models) one.restart();
    },
    reload() {
      world.reload();
      for (const [, one] of models) one.reload();
    },
  };
  for (const deed of deeds) {
    if (deed.kind === "run") {
      world.move(INTERVAL);
      run(world.now(), deed.values, deed.failed);
    } else if (deed.kind in others) others[deed.kind as keyof typeof others]();
    else world.move(SHIFTS[deed.kind as keyof typeof SHIFTS]);
  }
  return count;
}

test("engine and model agree on every transition", () => {
  let transitions = 0;
  fc.assert(
    fc.property(rule, trace, (model, deeds) => {
      transitions += live(model, deeds);
    }),
    { numRuns: TRACES, seed: 20_261_126 },
  );
  // They had something to agree on.
  expect(transitions).toBeGreaterThan(TRACES);
}, 120_000);
