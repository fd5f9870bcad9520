import { v7 as createId } from "uuid";
import { UnityError } from "../../errors";
import { createBreath } from "../../metrics/chunks/breathe";
import type { MetricStore } from "../../metrics/store";
import { createEngine } from "../engine";
import { matches } from "../judge";
import { isInScope } from "../scope";
import type { Transition } from "../shapes/alert";
import type { Backtest } from "../shapes/backtest";
import type { Override } from "../shapes/override";
import type { Rule, RuleDraft } from "../shapes/rule";
import type { MetricFacts, SeriesName, Watched } from "../watched";
import { createEpisodes } from "./collect-episodes";
import { createReplayMemory, type Hours } from "./memory";
import { createReadable } from "./readable";
import { type PastRun, readHours, readRuns } from "./replay";
import { chooseStretches, coarsestStep, ruleInSteps, type Stretch, valueOfBucket } from "./resolution";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Of processor time. How much of the past that is follows from how fast it went before. */
const WORK_MS = 2_000;
/** Where it went slower than expected: what is left then is left out. */
const MOST_WORK_MS = 2 * WORK_MS;
/** Values in a millisecond: at first, at least and at most, which is 16 MB at a time. */
const PACE = { first: 250, least: 20, most: 500 };
/** One at a time; of more than these nobody sees the end. */
const MOST_WAITING = 8;
const LONGEST_WARM_UP_MS = 7 * DAY_MS;
const UP = "unity_collector_up";

export interface BacktestParts {
  readonly store: Pick<MetricStore, "export" | "range" | "rollups">;
  instances(): readonly Watched[];
  ofInstance(instanceId: string): readonly SeriesName[];
  facts(instance: Watched, metric: string): MetricFacts | undefined;
  overrides(): readonly Override[];
  now(): number;
}

export interface BacktestQuestion {
  readonly rule: RuleDraft;
  /** Of the rule as it is stored, where it is: overrides of it count. */
  readonly id?: string | undefined;
  readonly days: number;
}

/** How a rule would have done on what is stored, by the very engine. @throws UnityError `unavailable` when nobody waits for it any more, or the past cannot be read */
export type RunBacktest = (question: BacktestQuestion, stop: AbortSignal) => Promise<Backtest>;

/** An instance with what the rule looks at. */
interface Chosen {
  readonly instance: Watched;
  readonly series: readonly SeriesName[];
  readonly up: SeriesName | undefined;
}

export function createBacktest({ store, ...known }: BacktestParts): RunBacktest {
  const parts = { ...known, store: createReadable(store) };
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const pace: Pace = { value: PACE.first };
  return (question, stop) => {
    if (waiting >= MOST_WAITING)
      return Promise.reject(new UnityError("too_many", "Other rules are being tried already. Try again in a moment."));
    waiting += 1;
    const answer = last
      .then(() => runBacktest(parts, question, pace, stop))
      .catch((error: unknown) => {
        throw stop.aborted ? new UnityError("unavailable", "Nobody waits for this back-test any more.") : error;
      })
      .finally(() => {
        waiting -= 1;
      });
    // Whoever asked hears of the failure; the next in line only waits for the end.
    last = answer.catch(() => undefined);
    return answer;
  };
}

interface Pace {
  value: number;
}

async function runBacktest(
  parts: BacktestParts,
  question: BacktestQuestion,
  pace: Pace,
  stop: AbortSignal,
  isAgain = false,
): Promise<Backtest> {
  stop.throwIfAborted();
  const rule: Rule = { ...question.rule, enabled: true, id: question.id ?? createId(), origin: "person" };
  const chosen = parts.instances().flatMap((instance) => chooseSeries(parts, rule, instance) ?? []);
  const to = parts.now();
  const warmUpMs = Math.min(LONGEST_WARM_UP_MS, Math.max(rule.forSeconds * 1_000, ...rule.parts.map(backOf)));
  const stretches = chooseStretches(
    { from: to - question.days * DAY_MS - warmUpMs, to },
    {
      values: (stepMs, ms) => countValues(parts, chosen, { stepMs, ms }),
      rawFrom: parts.store.rollups?.starts().rawFrom ?? 0,
      coarsest: coarsestOf(parts, rule, chosen),
      most: pace.value * WORK_MS,
    },
  );
  const from = Math.max(to - question.days * DAY_MS, stretches[0]?.from ?? to);
  const episodes = createEpisodes(from);
  const work = createWork();
  let [skipped, firstAt] = [0, to];
  for (const one of chosen) {
    const played = work.isOver() ? undefined : await play(parts, { rule, stretches, from, one }, work, stop);
    if (played) {
      episodes.merge(played.result);
      firstAt = Math.min(firstAt, played.firstAt);
    } else skipped += 1;
  }
  pace.value = work.pace() ?? pace.value;
  // Nobody is helped by nothing: now it is known what there is time for.
  if (skipped > 0 && skipped === chosen.length && !isAgain) return runBacktest(parts, question, pace, stop, true);
  const begin = Math.max(from, firstAt);
  return {
    ...episodes.result(),
    from: begin,
    to,
    instances: chosen.length,
    series: chosen.reduce((sum, { series }) => sum + series.length, 0),
    skipped,
    resolution: stretches
      .filter((stretch) => stretch.to > begin)
      .map(({ from: since, stepMs }) => ({ from: Math.max(begin, since), stepSeconds: stepMs / 1_000 })),
  };
}

/** Undefined where the rule sees nothing. */
function chooseSeries({ ofInstance }: BacktestParts, rule: Rule, instance: Watched): Chosen | undefined {
  if (!isInScope(rule.scope, instance)) return undefined;
  const all = ofInstance(instance.id);
  const limits = rule.parts.flatMap((part) =>
    part.kind === "value" && typeof part.limit === "object" ? [part.limit.metric] : [],
  );
  const series = all.filter(
    ({ metric, labels }) =>
      limits.includes(metric) ||
      rule.parts.some((part) => part.kind !== "failing" && part.metric === metric && matches(labels, part.where)),
  );
  const up = all.find(({ metric }) => metric === UP);
  const needsSeries = rule.parts.some(({ kind }) => kind !== "failing");
  return series.length > 0 || (!needsSeries && up) ? { instance, series, up } : undefined;
}

/** How long before an instant a rule looks. */
function backOf(part: Rule["parts"][number]): number {
  if (part.kind !== "value" || !("seconds" in part.take)) return 0;
  return part.take.kind === "forecast" ? Math.max(HOUR_MS, part.take.seconds * 250) : part.take.seconds * 1_000;
}

function coarsestOf(parts: BacktestParts, rule: Rule, chosen: readonly Chosen[]): number {
  return coarsestStep(rule, (metric) => chosen.every(({ instance }) => parts.facts(instance, metric)?.isRate ?? false));
}

function countValues(
  { facts }: BacktestParts,
  chosen: readonly Chosen[],
  { stepMs, ms }: { stepMs: number; ms: number },
): number {
  let perMs = 0;
  for (const { instance, series } of chosen) {
    const intervalMs = instance.intervalSeconds * 1_000;
    perMs += 1 / Math.max(stepMs, intervalMs);
    // A series is missed after three of its readings.
    for (const { metric } of series) perMs += 1 / Math.max(stepMs, (facts(instance, metric)?.staleMs ?? 0) / 3, 1_000);
  }
  return perMs * ms;
}

type Work = ReturnType<typeof createWork>;

/** Lets others run in between, and says when it was enough. */
function createWork() {
  const breathe = createBreath();
  let [spentMs, values, since] = [0, 0, process.cpuUsage()];
  const spend = () => {
    const { user, system } = process.cpuUsage(since);
    spentMs += (user + system) / 1_000;
  };
  return {
    isOver: () => spentMs > MOST_WORK_MS,
    begin() {
      since = process.cpuUsage();
    },
    end: spend,
    did(count: number) {
      values += count;
    },
    pause(): Promise<void> | undefined {
      const breath = breathe();
      if (!breath) return undefined;
      spend();
      return breath.then(() => {
        since = process.cpuUsage();
      });
    },
    /** Undefined where it was too little to tell. */
    pace: () => (spentMs < 100 ? undefined : Math.max(PACE.least, Math.min(PACE.most, values / spentMs))),
  };
}

/** One instance's past. Undefined when it took too long. */
async function play(
  parts: BacktestParts,
  { rule, stretches, from, one }: { rule: Rule; stretches: readonly Stretch[]; from: number; one: Chosen },
  work: Work,
  stop: AbortSignal,
) {
  const { series, up } = one;
  const days = Math.max(
    0,
    ...rule.parts.map((part) => (part.kind === "value" && "days" in part.take ? part.take.days : 0)),
  );
  const [first, final] = [stretches[0]?.from ?? 0, stretches.at(-1)?.to ?? 0];
  const hours: ReadonlyMap<number, Hours> =
    days > 0
      ? await readHours(
          parts.store,
          series.map(({ id }) => id),
          { from: first - days * DAY_MS, to: final },
          stop,
        )
      : new Map();
  const player = createPlayer(parts, { rule, one, hours });
  const episodes = createEpisodes(from);
  let firstAt = final;
  for (const stretch of stretches) {
    const wanted = series.map(({ id, metric }) => ({ id, choose: valueOfBucket(rule, metric, stretch.stepMs) }));
    work.begin();
    const runs = await readRuns(parts.store, stretch, { series: wanted, up: up?.id }, stop);
    player.turn(stretch.stepMs);
    for (const run of runs) {
      firstAt = Math.min(firstAt, run.at);
      episodes.add(player.run(run));
      work.did(run.series.length + 1);
      const pause = work.pause();
      if (!pause) continue;
      await pause;
      stop.throwIfAborted();
      if (work.isOver()) return undefined;
    }
    work.end();
  }
  episodes.end(player.open(), final);
  return { result: episodes.result(), firstAt };
}

/** The engine, and what is so for it at this time of the past. */
function createPlayer(
  parts: BacktestParts,
  { rule, one, hours }: { rule: Rule; one: Chosen; hours: ReadonlyMap<number, Hours> },
) {
  const byId = new Map(one.series.map((series) => [series.id, series]));
  const newest = new Map<number, { series: number; at: number; value: number }>();
  let lastAt: number | null = null;
  let [instance, current, stepMs, errors, alerts] = [one.instance, rule, 0, 0, 0];
  const engine = createEngine({
    rules: () => [current],
    overrides: parts.overrides,
    facts(_, metric) {
      const known = parts.facts(one.instance, metric);
      return known && { ...known, staleMs: Math.max(known.staleMs, 3 * stepMs) };
    },
    series: (id) => byId.get(id),
    ofInstance: () => one.series,
    latest: (ids) => ids.flatMap((id) => newest.get(id) ?? []),
    lookback: createReplayMemory(hours),
    lastRunAt: () => lastAt,
    newId: () => String(++alerts),
  });
  return {
    /** From now on the past is told in these steps. */
    turn(step: number) {
      stepMs = step;
      instance = { ...one.instance, intervalSeconds: Math.max(one.instance.intervalSeconds, step / 1_000) };
      current = ruleInSteps(rule, step);
    },
    run({ at, series, values, failed }: PastRun): readonly Transition[] {
      for (const [index, id] of series.entries()) {
        const known = newest.get(id);
        if (known) [known.at, known.value] = [at, values[index] ?? 0];
        else newest.set(id, { series: id, at, value: values[index] ?? 0 });
      }
      const runs = Math.max(1, Math.round(stepMs / (one.instance.intervalSeconds * 1_000)));
      errors = failed === 1 ? errors + runs : Math.round(failed * runs);
      lastAt = at;
      return engine.evaluate({ instance, at, series, values, failed: failed === 1, consecutiveErrors: errors });
    },
    open: engine.open,
  };
}
