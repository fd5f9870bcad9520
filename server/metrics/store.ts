/**
 * Where samples live. Every engine keeps this contract, and `test-contract.ts` proves it for each of them.
 * All instants are epoch milliseconds; a series is a number given by `server/metrics/series.ts`.
 */

/** Columns of equal length: sample i is `(series[i], at[i], value[i])`. Values are finite. */
export interface SampleBatch {
  readonly series: readonly number[];
  readonly at: readonly number[];
  readonly value: readonly number[];
}

export interface Latest {
  readonly series: number;
  readonly at: number;
  readonly value: number;
}

export interface RangeQuery {
  readonly series: readonly number[];
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** At most so many buckets come back. */
  readonly maxPoints: number;
  /** Buckets are never shorter, so that a slow series is no row of gaps. Default 1,000 ms. */
  readonly minStepMs?: number;
}

/**
 * Buckets `from + i * stepMs` up to the last, both aligned to `stepMs` since the epoch. `null` is a gap: nothing was
 * measured. Minimum and maximum come with every average, so that a spike is never averaged away.
 */
export interface Range {
  readonly from: number;
  readonly stepMs: number;
  readonly length: number;
  /** The tier it was read from: 0 raw, else the rollup's seconds. */
  readonly tierSeconds: number;
  readonly series: readonly RangeSeries[];
}
export interface RangeSeries {
  readonly series: number;
  readonly avg: readonly (number | null)[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
}

/** One figure of a series over a window, from the finest tier that fits. `count` 0 has no series in the answer. */
export interface WindowSummary {
  readonly series: number;
  readonly count: number;
  readonly avg: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
}

export interface Retention {
  readonly rawMs: number;
  readonly hourlyMs: number;
  readonly dailyMs: number;
}

export interface StoreStats {
  readonly engine: string;
  /** Raw ones. */
  readonly samples: number;
  readonly bytes: number;
  /** Of the raw samples. */
  readonly oldestAt: number | null;
  /** Accepted, not yet durable. */
  readonly pending: number;
  /** Milliseconds the last flush took; null before the first. */
  readonly lastFlushMs: number | null;
}

export interface MetricStore {
  /**
   * Takes samples in. They are visible to every question asked afterwards, and durable within the engine's flush window. A sample that
   * is already there (same series and instant) is ignored, and so is one from before the raw samples that are kept.
   * @throws RangeError when a value is not finite or an instant not in whole milliseconds since 1970, and nothing of the batch is
   * taken; StoreUnavailable when the bound of pending samples is reached, or after `close`
   */
  write(batch: SampleBatch): void;
  /** Makes everything accepted durable. @throws StoreUnavailable */
  flush(): Promise<void>;
  /** The newest sample of each series, from memory. Series without one are left out. */
  latest(series: readonly number[]): Latest[];
  range(query: RangeQuery): Promise<Range>;
  /** The series with the largest `by` over a window, largest first. */
  top(query: {
    series: readonly number[];
    from: number;
    to: number;
    by: "avg" | "max" | "last";
    limit: number;
  }): Promise<WindowSummary[]>;
  window(query: { series: readonly number[]; from: number; to: number }): Promise<WindowSummary[]>;
  /** Brings the rollups up to date. Idempotent; late samples are rolled up again. */
  rollUp(now: number): Promise<void>;
  /**
   * Drops what is older than its tier keeps, in whole hours and days, and never what the next tier does not have yet. Returns how
   * many rows went.
   */
  prune(now: number, retention: Retention): Promise<number>;
  /** Forgets series for good. */
  forget(series: readonly number[]): Promise<void>;
  /** Every sample of the given series in order of time, in batches; raw tier. */
  export(query: { series: readonly number[]; from: number; to: number }): AsyncIterable<SampleBatch>;
  stats(): Promise<StoreStats>;
  /** @throws StoreUnavailable when the engine does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Accepted samples become durable within this time, unless an engine is opened with another. */
export const FLUSH_MS = 1_000;

/** The store cannot take or give samples now; what is pending is kept. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}
