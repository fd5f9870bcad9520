import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../log";
import type { MetricStore, RangeQuery } from "../../metrics/store";
import { openEmbeddedStores } from "../../open-stores";
import { createEngine } from "../engine";
import { createLookback } from "../lookback";
import { type Rule, RuleDraft } from "../shapes/rule";
import type { Seen, SeriesName, Watched } from "../watched";
import { createBacktest } from "./backtest";

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const NOW = 1_795_478_400_000;
const INTERVAL = 60;
const never = new AbortController().signal;

const instance = (id: string): Watched => ({
  id,
  plugin: "disk",
  name: id,
  host: "nas",
  tags: [],
  intervalSeconds: INTERVAL,
  config: {},
});
const INSTANCES = [instance("one"), instance("two")];
const names = (index: number): SeriesName[] => [
  { id: index * 10 + 1, metric: "unity_collector_up", labels: {} },
  { id: index * 10 + 2, metric: "used", labels: { mount: "/" } },
  { id: index * 10 + 3, metric: "used", labels: { mount: "/data" } },
  { id: index * 10 + 4, metric: "errors_total", labels: {} },
];
const SERIES = new Map(INSTANCES.map(({ id }, index) => [id, names(index)]));
const facts = (_: Watched, metric: string) => ({
  labels: metric === "used" ? ["mount"] : [],
  isRate: metric === "errors_total",
  staleMs: 3 * INTERVAL * SECOND,
});

const draft = (more: Record<string, unknown>): RuleDraft =>
  RuleDraft.parse({
    name: "Rule",
    scope: { kind: "all" },
    parts: [{ kind: "value", metric: "used", is: "above", limit: 90 }],
    severity: "warning",
    summary: "{{value}}",
    ...more,
  });
const part = (more: Record<string, unknown>) => ({ kind: "value", metric: "used", is: "above", limit: 90, ...more });

/** The same everywhere. */
function random(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Twenty hours of two instances, with failing runs, a series that is away for an hour, and two hours when nothing ran. */
function makeTrace(): Seen[] {
  const next = random(7);
  return INSTANCES.flatMap((_, index) => makeRuns(index, next)).sort((first, second) => first.at - second.at);
}

function makeRuns(index: number, next: () => number): Seen[] {
  const one = INSTANCES[index] ?? instance("one");
  let [errors, level] = [0, 85];
  return Array.from({ length: 20 * 60 }, (_, minute): Seen => {
    const at = NOW - 21 * 3_600 * SECOND + minute * INTERVAL * SECOND + index * SECOND;
    const isWell = minute < 10;
    const failed = !isWell && next() < (errors > 0 ? 0.7 : 0.02);
    errors = failed ? errors + 1 : 0;
    level = Math.max(0, Math.min(100, level + (next() - 0.5) * 6));
    const samples = [
      { id: 1, value: failed ? 0 : 1, isThere: true },
      { id: 2, value: isWell ? 50 : level, isThere: !failed },
      { id: 3, value: isWell ? 50 : 40 + next() * 60, isThere: !failed && (minute < 300 || minute > 360) },
      { id: 4, value: !isWell && next() < 0.05 ? 1 : 0, isThere: !failed },
    ].filter(({ isThere }) => isThere);
    const series = samples.map(({ id }) => index * 10 + id);
    return { instance: one, at, series, values: samples.map(({ value }) => value), failed, consecutiveErrors: errors };
  }).filter((__, minute) => minute <= 600 || minute >= 720);
}

let folder = "";
let stores: Awaited<ReturnType<typeof openEmbeddedStores>>;
const trace = makeTrace();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-backtest-"));
  stores = await openEmbeddedStores(join(folder, "unity.db"));
  for (const { at, series, values } of trace) stores.store.write({ series, at: series.map(() => at), value: values });
}, 60_000);
afterAll(async () => {
  await stores.store.close();
  await stores.close();
  await rm(folder, { recursive: true, force: true });
});

const partsOf = (store: Pick<MetricStore, "export" | "range">) => ({
  store,
  instances: () => INSTANCES,
  ofInstance: (id: string) => SERIES.get(id) ?? [],
  facts,
  overrides: () => [],
  now: () => NOW,
});

/** What the engine that is live says about the same runs. */
async function live(rule: Rule) {
  const known = [...SERIES.values()].flat();
  const empty = {
    export: async function* () {},
    range: async () => ({ from: 0, stepMs: 1, length: 0, tierSeconds: 0, series: [] }),
  };
  const engine = createEngine({
    rules: () => [rule],
    overrides: () => [],
    facts,
    series: (id) => known.find((one) => one.id === id),
    ofInstance: (id) => SERIES.get(id) ?? [],
    latest: () => [],
    lookback: createLookback(empty, createLog("silent")),
    lastRunAt: () => null,
    newId: randomUUID,
  });
  const times: (readonly [string, number | null, number, number | null])[] = [];
  for (const seen of trace) {
    for (const { alert, from, at } of engine.evaluate(seen))
      if (from === "firing") times.push([alert.key, alert.firedAt, at, alert.worst]);
    await nextTurn();
  }
  return times;
}

test.each<[string, Record<string, unknown>]>([
  ["a value", {}],
  ["a value that holds and clears", { forSeconds: 180, keepFiringSeconds: 120, parts: [part({ clear: 80 })] }],
  ["an average", { parts: [part({ limit: 80, take: { kind: "avg", seconds: 600 } })] }],
  ["the 95th percentile", { parts: [part({ limit: 95, take: { kind: "p95", seconds: 1_800 } })] }],
  [
    "what a counter counted",
    { parts: [part({ metric: "errors_total", limit: 100, take: { kind: "increase", seconds: 900 } })] },
  ],
  ["a forecast", { parts: [part({ limit: 200, take: { kind: "forecast", seconds: 14_400 } })] }],
  ["silence", { parts: [{ kind: "absent", metric: "used", seconds: 600 }] }],
  ["failing runs", { parts: [{ kind: "failing", runs: 3 }] }],
  ["several", { join: "any", parts: [part({ limit: 95 }), { kind: "failing", runs: 4 }], whenGone: "fire" }],
])("finds what the engine found while it was live: %s", async (_, more) => {
  const rule = draft(more);
  const answer = await createBacktest(partsOf(stores.store))({ rule, days: 1 }, never);
  const found = answer.episodes
    .filter(({ to }) => to !== null)
    .map(({ from, to, worst, instanceId, labels }) => [instanceId, labels, from, to, worst]);
  const expected = (await live({ ...rule, id: "r", origin: "person" })).map(([key, from, to, worst]) => [
    key.split("\n")[1],
    JSON.parse(key.split("\n")[2] || "{}"),
    from,
    to,
    worst,
  ]);
  const sorted = (list: unknown[][]) => list.map((one) => JSON.stringify(one)).sort();
  expect(expected.length).toBeGreaterThan(0);
  expect(sorted(found)).toEqual(sorted(expected));
  expect(answer).toMatchObject({ resolution: [{ stepSeconds: 0 }], instances: 2, skipped: 0 });
  expect(answer.from).toBe(trace[0]?.at);
});

/** A store with so many series that only hours fit; each is over its limit in one hour of the day. */
function hugeStore(): Pick<MetricStore, "export" | "range"> {
  return {
    async *export() {},
    async range({ series, from, to, minStepMs = SECOND }: RangeQuery) {
      const length = Math.ceil((to - from) / minStepMs);
      const start = Math.floor(from / minStepMs) * minStepMs;
      const values = (id: number) =>
        Array.from({ length }, (__, index) =>
          ((start + index * minStepMs) / (3_600 * SECOND)) % 24 === id % 24 ? 99 : 50,
        );
      const line = (id: number) => ({ series: id, avg: values(id), min: values(id), max: values(id) });
      return { from: start, stepMs: minStepMs, length, tierSeconds: 3_600, series: series.map(line) };
    },
  };
}

/** Turns of the event loop in which something was done: between them, others have theirs. */
function countTurns() {
  let [last, turns, isOver] = [process.cpuUsage(), 0, false];
  const turn = () => {
    const { user, system } = process.cpuUsage(last);
    if (user + system > 1_000) turns += 1;
    last = process.cpuUsage();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
    return turns;
  };
}

test("30 days of 2,000 series hold nobody up", async () => {
  const many = Array.from({ length: 2_000 }, (_, index) => ({
    id: index + 1,
    metric: "used",
    labels: { mount: `/${index}` },
  }));
  const parts = { ...partsOf(hugeStore()), instances: () => [INSTANCES[0] ?? instance("one")], ofInstance: () => many };
  const turns = countTurns();
  const answer = await createBacktest(parts)({ rule: draft({}), days: 30 }, never);
  expect(answer.resolution[0]?.stepSeconds).toBe(3_600);
  const days = (answer.to - answer.from) / DAY;
  // As much as there is time for, and it says so.
  expect(days).toBeGreaterThan(0);
  expect(days).toBeLessThanOrEqual(30);
  expect(answer.count).toBeGreaterThan(2_000 * (days - 1));
  expect(answer.episodes).toHaveLength(500);
  // How long a turn takes is for the benchmark; that there are many is what lets others have theirs.
  expect(turns()).toBeGreaterThan(50);
});

test("ends when nobody waits for it any more", async () => {
  const leaving = new AbortController();
  const answer = createBacktest(partsOf(stores.store))({ rule: draft({}), days: 1 }, leaving.signal);
  leaving.abort();
  await expect(answer).rejects.toMatchObject({ code: "unavailable" });
});

test("a store that cannot be read is said in words, and the next try is answered", async () => {
  let isAway = true;
  const failing = new Error("Failed query: select blob from chunks", { cause: new Error("connection refused") });
  const { store } = stores;
  const away: Pick<MetricStore, "export" | "range"> = {
    async *export(query) {
      if (isAway) throw failing;
      yield* store.export(query);
    },
    range: (query) => (isAway ? Promise.reject(failing) : store.range(query)),
  };
  const backtest = createBacktest(partsOf(away));
  for (const rule of [draft({}), draft({ parts: [part({ take: { kind: "ratio", days: 3 } })] })]) {
    isAway = true;
    const refused = expect(backtest({ rule, days: 1 }, never)).rejects;
    await refused.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/^What was measured cannot be read: connection refused\. .*Try the rule again/),
    });
    isAway = false;
    expect(await backtest({ rule, days: 1 }, never)).toMatchObject({ instances: 2 });
  }
});
