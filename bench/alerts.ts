import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openAlerts } from "../server/alerts/alerts";
import { createBacktest } from "../server/alerts/backtest/backtest";
import { RuleDraft } from "../server/alerts/shapes/rule";
import type { Seen, SeriesName, Watched } from "../server/alerts/watched";
import { systemClock } from "../server/clock";
import { createLog } from "../server/log";
import { openEmbeddedStores } from "../server/open-stores";
import { measureTelling } from "./load/telling";
import { median, percentile } from "./measure/percentile";
import type { Measured } from "./result";

const INSTANCES = 100;
const METRICS = 10;
/** Of each metric: 100 instances of 100 series, each looked at by one rule. */
const ITEMS = 10;
const INTERVAL_SECONDS = 10;
const TARGETS = {
  cpu_percent: 5,
  sample_to_durable_p95_ms: 1_000,
  sample_to_webhook_p95_ms: 1_000,
  backtest_turn_p99_ms: 50,
};
const BACKTEST_SERIES = 2_000;
const BACKTEST_DAYS = 30;
const HOUR_MS = 3_600_000;

type Stores = Awaited<ReturnType<typeof openEmbeddedStores>>;

/** What 10,000 rules x series cost, each evaluated every ten seconds; how soon a change is durable, and told; and what trying a rule costs. */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: "string", default: "60" } } });
  const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
  const stores = await openEmbeddedStores(join(folder, "unity.db"));
  try {
    const evaluating = await measureEvaluating(stores, Number(values.rounds));
    const trying = await measureTrying(stores);
    const { prompt, afterWait } = await measureTelling();
    const telling = {
      sample_to_webhook_p50_ms: median(prompt),
      sample_to_webhook_p95_ms: percentile(prompt, 0.95),
      sample_to_webhook_beyond_wait_p50_ms: median(afterWait),
      sample_to_webhook_beyond_wait_p95_ms: percentile(afterWait, 0.95),
    };
    const notes = [
      `cpu_percent is of one core: the processor time of a round of ${INSTANCES} runs, by the ten seconds that it has in life; everything that alerting does is in it, writing too.`,
      "Of the rules, half look at the newest value, the others at averages, maxima, percentiles, increases and forecasts of up to an hour. One series in a hundred changes its state in each round.",
      `sample_to_webhook is from a plugin's report to the whole message at a local HTTP server, of ${prompt.length} critical alerts, while the same Unity collects and judges 10,000 other series every ten seconds. The route waits for nothing; the default wait of five seconds for what belongs together is no delay, and beyond_wait is what comes on top of it.`,
      `The back-test is of one rule over ${BACKTEST_SERIES} series of ${BACKTEST_DAYS} days in SQLite, an hour apart: a turn is the processor time that nobody else gets a word in.`,
    ];
    return { figures: { ...evaluating, ...telling, ...trying }, targets: TARGETS, notes };
  } finally {
    await stores.store.close();
    await stores.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const TAKES = [
  ...Array.from({ length: 5 }, () => ({ kind: "last" })),
  { kind: "avg", seconds: 300 },
  { kind: "max", seconds: 600 },
  { kind: "p95", seconds: 3_600 },
  { kind: "increase", seconds: 600 },
  { kind: "forecast", seconds: 14_400 },
];

async function measureEvaluating({ connection, store }: Stores, rounds: number) {
  const instances = Array.from({ length: INSTANCES }, (_, index) => makeInstance(index));
  const series = instances.map((_, index) => makeSeries(index));
  const all = new Map(series.flat().map((one) => [one.id, one]));
  let changes = 0;
  const alerts = await openAlerts({
    connection,
    store,
    plugin: () => undefined,
    facts: () => ({ labels: ["item"], isRate: false, staleMs: 30_000 }),
    series: (id) => all.get(id),
    ofInstance: (id) => series[Number(id)] ?? [],
    hasOthers: () => false,
    holds: () => true,
    lastRunAt: () => null,
    rulesChanged: () => undefined,
    changed: (transitions) => {
      changes += transitions.length;
      return [];
    },
    kept: () => undefined,
    leads: () => true,
    absent: () => null,
    asked: () => undefined,
    clock: systemClock,
    log: createLog("error"),
  });
  for (const [index, take] of TAKES.entries()) {
    const part = { kind: "value", metric: `metric_${index}`, take, is: "above", limit: 90 };
    await alerts.book.create({ ...RULE, name: `Rule ${index}`, parts: [part] });
  }
  const start = Date.now() - 2 * rounds * INTERVAL_SECONDS * 1_000;
  const seenAt = (index: number, round: number): Seen => {
    const ids = (series[index] ?? []).map(({ id }) => id);
    // One in a hundred is over in every other round.
    const values = ids.map((id) => (id % 50 === round % 50 ? 95 : 50 + ((id * 7 + round) % 20)));
    const instance = instances[index] ?? makeInstance(index);
    const at = start + round * INTERVAL_SECONDS * 1_000 + index;
    return { instance, at, series: ids, values, failed: false, consecutiveErrors: 0 };
  };
  const doRound = async (round: number) => {
    for (let index = 0; index < INSTANCES; index++) alerts.evaluate(seenAt(index, round));
    await alerts.history({ limit: 1 });
  };
  // The first rounds bind every series and read their past.
  for (let round = 0; round < 5; round++) await doRound(round);
  changes = 0;
  const before = process.cpuUsage();
  for (let round = 5; round < 5 + rounds; round++) await doRound(round);
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1_000 / rounds;
  const changed = changes / rounds;
  const durable: number[] = [];
  for (let round = 5 + rounds; round < 5 + 2 * rounds && durable.length < 50; round++) {
    for (let index = 0; index < INSTANCES; index++) {
      const from = performance.now();
      const count = changes;
      alerts.evaluate(seenAt(index, round));
      if (changes === count || durable.length >= 50) continue;
      await alerts.history({ limit: 1 });
      durable.push(performance.now() - from);
    }
  }
  await alerts.close();
  return {
    rules_x_series: INSTANCES * METRICS * ITEMS,
    cpu_percent: cpuMs / (INTERVAL_SECONDS * 10),
    cpu_per_round_ms: cpuMs,
    changes_per_round: changed,
    sample_to_durable_p95_ms: percentile(durable, 0.95),
  };
}

const RULE = { scope: { kind: "all" }, severity: "warning", summary: "x" };

const makeInstance = (index: number): Watched => ({
  id: String(index),
  plugin: "none",
  name: `load ${index}`,
  host: "bench",
  tags: [],
  intervalSeconds: INTERVAL_SECONDS,
  config: {},
});

const makeSeries = (index: number): SeriesName[] =>
  Array.from({ length: METRICS * ITEMS }, (_, number) => ({
    id: index * METRICS * ITEMS + number + 1,
    metric: `metric_${number % METRICS}`,
    labels: { item: String(Math.floor(number / METRICS)) },
  }));

async function measureTrying({ store }: Stores) {
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const first = 1_000_000;
  const series = Array.from({ length: BACKTEST_SERIES }, (_, index) => ({
    id: first + index,
    metric: "used",
    labels: { item: String(index) },
  }));
  const ids = series.map(({ id }) => id);
  for (let at = now - BACKTEST_DAYS * 24 * HOUR_MS; at < now; at += HOUR_MS) {
    const hour = at / HOUR_MS;
    store.write({
      series: ids,
      at: ids.map(() => at),
      value: ids.map((id) => (hour % 24 === id % 24 ? 95 : 40 + (id % 9))),
    });
    if (hour % 24 === 0) await store.flush();
  }
  await store.flush();
  const tryRule = createBacktest({
    store,
    instances: () => [{ ...makeInstance(0), intervalSeconds: 3_600 }],
    ofInstance: () => series,
    facts: () => ({ labels: ["item"], isRate: false, staleMs: 3 * HOUR_MS }),
    overrides: () => [],
    now: () => now,
  });
  const part = { kind: "value", metric: "used", is: "above", limit: 90 };
  const question = { rule: RuleDraft.parse({ ...RULE, name: "Tried", parts: [part] }), days: BACKTEST_DAYS };
  const never = new AbortController().signal;
  // How fast it goes is known after the first.
  await tryRule(question, never);
  const turns = watchTurns();
  const before = process.cpuUsage();
  const from = performance.now();
  const answer = await tryRule(question, never);
  const { user, system } = process.cpuUsage(before);
  return {
    backtest_cpu_s: (user + system) / 1e6,
    backtest_s: (performance.now() - from) / 1_000,
    backtest_days: (answer.to - answer.from) / (24 * HOUR_MS),
    backtest_episodes: answer.count,
    backtest_turn_p99_ms: percentile(turns(), 0.99),
  };
}

/** Processor time of each turn of the event loop that did something, in milliseconds. */
function watchTurns() {
  const turns: number[] = [];
  let [last, isOver] = [process.cpuUsage(), false];
  const turn = () => {
    const { user, system } = process.cpuUsage(last);
    turns.push((user + system) / 1_000);
    last = process.cpuUsage();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
    return turns.filter((ms) => ms > 1);
  };
}
