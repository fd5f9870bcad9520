import type { Labels, MetricSpec, Share } from "../../plugins/sdk/plugin";

interface RatedReading {
  readonly spec: MetricSpec;
  readonly value: number | Share;
  readonly key: string;
  readonly metric: string;
  readonly labels: Labels;
}
/** A reading as it is stored: gauges as they are, counters as their per-second rate, shares as a ratio 0 to 1. */
export interface Measured {
  readonly metric: string;
  readonly labels: Labels;
  readonly key: string;
  readonly value: number;
}

interface Total {
  at: number;
  value: number;
  whole: number;
  run: number;
}
interface Totals {
  run: number;
  byKey: Map<string, Total>;
}

export interface RateBook {
  /** @param at the scheduled tick, epoch milliseconds. The first reading of a counter or share gives nothing: there is no rate yet. */
  apply(instanceId: string, readings: readonly RatedReading[], at: number): Measured[];
  /**
   * The raw side of a counter's series, as it was read last; undefined before its first reading in this process, and once it was not
   * reported for some runs. @param key as the reading's
   */
  total(instanceId: string, key: string): { readonly at: number; readonly value: number } | undefined;
  /** Begins a push into an instance: several instants of a series in one, and readings that are not of one run. */
  stage(instanceId: string): RateStage;
  forget(instanceId: string): void;
}

/** What becomes of totals that were pushed. Nothing of it is remembered before `keep`, so that a push may be refused as a whole and come again. */
export interface RateStage {
  /** The rate by the second since the total before; undefined for the first one, and for what is not later. @param at epoch milliseconds */
  rateOf(key: string, at: number, total: number): number | undefined;
  /** The rate of what was added since an instant; null: since the last one. */
  rateOfIncrease(key: string, since: number | null, at: number, increase: number): number | undefined;
  keep(): void;
}

/** A total that was not reported for so many runs is forgotten: containers come and go. */
const FORGET_AFTER_RUNS = 10;

/**
 * Turns growing totals into rates. A total that drops was reset, and since then grew from zero to what it is
 * now, so that is its increase: nothing negative, no spike, and no gap after a restart.
 */
export function createRateBook(): RateBook {
  const instances = new Map<string, Totals>();
  const totalsOf = (instanceId: string) => {
    const totals = instances.get(instanceId) ?? { run: 0, byKey: new Map<string, Total>() };
    instances.set(instanceId, totals);
    return totals;
  };
  return {
    apply(instanceId, readings, at) {
      const totals = totalsOf(instanceId);
      totals.run += 1;
      const measured: Measured[] = [];
      for (const { metric, labels, key, spec, value } of readings) {
        const stored = typeof value === "number" && spec.kind !== "counter" ? value : advance(totals, key, value, at);
        if (stored !== undefined) measured.push({ metric, labels, key, value: stored });
      }
      for (const [key, total] of totals.byKey) {
        if (totals.run - total.run > FORGET_AFTER_RUNS) totals.byKey.delete(key);
      }
      return measured;
    },
    stage: (instanceId) => createStage(totalsOf(instanceId)),
    total: (instanceId, key) => instances.get(instanceId)?.byKey.get(key),
    forget: (instanceId) => void instances.delete(instanceId),
  };
}

function createStage(totals: Totals): RateStage {
  const staged = new Map<string, Pick<Total, "at" | "value">>();
  const last = (key: string) => staged.get(key) ?? totals.byKey.get(key);
  return {
    rateOf(key, at, value) {
      const before = last(key);
      // What comes late changes no rate that is there.
      if (before && at <= before.at) return undefined;
      staged.set(key, { at, value });
      if (!before) return undefined;
      return (value >= before.value ? value - before.value : value) / ((at - before.at) / 1_000);
    },
    rateOfIncrease(key, since, at, increase) {
      const before = last(key);
      if (before && at <= before.at) return undefined;
      staged.set(key, { at, value: (before?.value ?? 0) + increase });
      const from = since ?? before?.at;
      return from === undefined || at <= from ? undefined : increase / ((at - from) / 1_000);
    },
    keep() {
      for (const [key, total] of staged) totals.byKey.set(key, { ...total, whole: 0, run: totals.run });
    },
  };
}

function advance(totals: Totals, key: string, reading: number | Share, at: number): number | undefined {
  const value = typeof reading === "number" ? reading : reading.part;
  const whole = typeof reading === "number" ? 0 : reading.whole;
  const last = totals.byKey.get(key);
  totals.byKey.set(key, { at, value, whole, run: totals.run });
  if (!last || at <= last.at) return undefined;
  const increase = value >= last.value ? value - last.value : value;
  if (typeof reading === "number") return increase / ((at - last.at) / 1_000);
  const grown = whole - last.whole;
  if (grown <= 0 || value < last.value) return undefined;
  return Math.min(1, increase / grown);
}
