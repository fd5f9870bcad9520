import type { Log } from "../log";
import type { MetricStore } from "../metrics/store";
import { createTrouble } from "../trouble";
import { compareToHabit } from "./habit";
import type { Take } from "./shapes/rule";
import { createWindow, type SeriesWindow } from "./window";

/** What rules remember of series, read from the store once and then fed by what passes. */
export interface Lookback {
  /** A sample that passes. */
  push(series: number, at: number, value: number): void;
  /** What is compared; undefined while its past is not read, or where there is too little of it. */
  read(source: Source, now: number, value: number): number | undefined;
  forget(series: readonly number[]): void;
}
export interface Source {
  readonly series: number;
  readonly take: Take;
  readonly isRate: boolean;
  readonly maxStepMs: number;
}

type Store = Pick<MetricStore, "export" | "range">;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer windows are read as averages: a day at five seconds is 17,280 samples. */
const LONGEST_RAW_MS = DAY_MS;
const RANGE_POINTS = 240;
const RETRY_MS = 30_000;
/** Whatever rule looked back so far is another one by now, or off. */
const FORGET_MS = DAY_MS;
/** While a database is away, so many of the newest samples of a series wait for its past. */
const MOST_WAITING = 10_000;

interface Remembered {
  readonly window: SeriesWindow;
  readonly ms: number;
  /** What came while its past was being read; undefined once that is done. */
  waiting: { at: number; value: number }[] | undefined;
  retryAt: number;
  readAt: number;
  isReading: boolean;
}
interface Usual {
  readonly hour: number;
  readonly values: readonly number[] | undefined;
  /** It could not be read: when to try again. */
  readonly retryAt?: number;
}

export function createLookback(store: Store, log: Log): Lookback {
  const windows = new Map<number, Map<string, Remembered>>();
  const usual = new Map<string, Usual>();
  const trouble = createTrouble(log, {
    failing: "rules that look back cannot read the past; what fires stays, and it is tried again",
    over: "rules that look back can read the past again",
  });

  function remembered({ series, take, maxStepMs }: Source, now: number, value: number): Remembered {
    const ms = lengthOf(take);
    const mine = windows.get(series) ?? new Map<string, Remembered>();
    windows.set(series, mine);
    const key = String(ms);
    let one = mine.get(key);
    if (!one) {
      one = {
        window: createWindow(ms, maxStepMs),
        ms,
        waiting: [{ at: now, value }],
        retryAt: now,
        readAt: now,
        isReading: false,
      };
      mine.set(key, one);
    }
    one.readAt = now;
    if (one.waiting && !one.isReading && now >= one.retryAt) fill(series, one, now);
    return one;
  }

  /** One after another: at a start there are thousands. */
  let turn: Promise<void> = Promise.resolve();
  function fill(series: number, one: Remembered, now: number): void {
    one.isReading = true;
    turn = turn.then(() => readInto(series, one, now));
  }

  async function readInto(series: number, one: Remembered, now: number): Promise<void> {
    try {
      await fillPast(store, series, { from: now - one.ms, to: now }, one.window);
      for (const { at, value } of one.waiting ?? []) one.window.push(at, value);
      one.waiting = undefined;
      trouble.worked();
    } catch (error) {
      one.retryAt = now + RETRY_MS;
      trouble.failed(error);
    } finally {
      one.isReading = false;
    }
  }

  function habit(source: Source, days: number, now: number): readonly number[] | undefined {
    const key = `${source.series} ${days}`;
    const hour = Math.floor(now / HOUR_MS);
    const known = usual.get(key);
    if (known?.hour !== hour && now >= (known?.retryAt ?? 0)) {
      usual.set(key, { hour, values: known?.values });
      readHabit(store, source.series, days, hour)
        .then((values) => usual.set(key, { hour, values }))
        .catch((error: unknown) => {
          // Until then it is measured against the hour before.
          usual.set(key, { hour: hour - 1, values: known?.values, retryAt: now + RETRY_MS });
          trouble.failed(error);
        });
    }
    return known?.values;
  }

  return {
    push(series, at, value) {
      const mine = windows.get(series);
      if (!mine) return;
      for (const [key, one] of mine) {
        if (at - one.readAt > FORGET_MS) mine.delete(key);
        else if (one.waiting) {
          one.waiting.push({ at, value });
          if (one.waiting.length > MOST_WAITING) one.waiting.shift();
        } else one.window.push(at, value);
      }
    },
    read(source, now, value) {
      const { take } = source;
      if (take.kind === "last") return value;
      if (take.kind === "ratio" || take.kind === "score")
        return compareToHabit(take.kind, value, habit(source, take.days, now));
      const one = remembered(source, now, value);
      if (one.waiting) return undefined;
      return take.kind === "forecast"
        ? one.window.forecast(now, take.seconds * 1_000)
        : one.window.read(take.kind, now, source.isRate);
    },
    forget(series) {
      for (const id of series) windows.delete(id);
      const gone = new Set(series.map(String));
      for (const key of usual.keys()) if (gone.has(key.split(" ", 1)[0] ?? "")) usual.delete(key);
    },
  };
}

/** What is compared now, read from the store alone: for a rule that nobody has yet. */
export async function readOnce(store: Store, source: Source, now: number, value: number): Promise<number | undefined> {
  const { series, take, isRate, maxStepMs } = source;
  if (take.kind === "last") return value;
  if (take.kind === "ratio" || take.kind === "score")
    return compareToHabit(take.kind, value, await readHabit(store, series, take.days, Math.floor(now / HOUR_MS)));
  const ms = lengthOf(take);
  const window = createWindow(ms, maxStepMs);
  await fillPast(store, series, { from: now - ms, to: now }, window);
  return take.kind === "forecast" ? window.forecast(now, take.seconds * 1_000) : window.read(take.kind, now, isRate);
}

/** A trend is looked at over a quarter of the time that it is drawn ahead. */
export function lengthOf(take: Extract<Take, { seconds: number }> | Take): number {
  if (!("seconds" in take)) return 0;
  return take.kind === "forecast" ? Math.max(HOUR_MS, take.seconds * 250) : take.seconds * 1_000;
}

async function fillPast(
  store: Store,
  series: number,
  { from, to }: { from: number; to: number },
  window: SeriesWindow,
): Promise<void> {
  if (to - from <= LONGEST_RAW_MS) {
    for await (const batch of store.export({ series: [series], from, to: to + 1 }))
      for (const [index, at] of batch.at.entries()) window.push(at, batch.value[index] ?? 0);
    return;
  }
  const { stepMs, ...range } = await store.range({ series: [series], from, to, maxPoints: RANGE_POINTS });
  const { avg = [], min = [], max = [] } = range.series[0] ?? {};
  for (let index = 0; index < avg.length; index++) {
    const past = { avg: avg[index] ?? null, min: min[index] ?? null, max: max[index] ?? null };
    if (isThere(past)) window.pushPast(range.from + index * stepMs, past, stepMs);
  }
}

type Past = { avg: number; min: number; max: number };
const isThere = (past: { [key in keyof Past]: number | null }): past is Past =>
  past.avg !== null && past.min !== null && past.max !== null;

/** Averages of the same hour on each of the days before, without those when nothing was measured. */
async function readHabit(store: Store, series: number, days: number, hour: number): Promise<number[]> {
  const from = (hour - days * 24) * HOUR_MS;
  const range = await store.range({
    series: [series],
    from,
    to: hour * HOUR_MS,
    maxPoints: days * 24 + 1,
    minStepMs: HOUR_MS,
  });
  const values: number[] = [];
  for (const [index, value] of (range.series[0]?.avg ?? []).entries()) {
    const ago = hour - Math.floor((range.from + index * range.stepMs) / HOUR_MS);
    if (value !== null && ago > 0 && ago % 24 === 0) values.push(value);
  }
  return values;
}
