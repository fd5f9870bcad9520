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

/** Of the last few hundred. */
export interface Latency {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Where each tier begins: what lies before has none of its kind any more. 0 when nothing was ever dropped. */
export interface TierStarts {
  /** A whole hour. */
  readonly rawFrom: number;
  /** Whole days. */
  readonly hourlyFrom: number;
  readonly dailyFrom: number;
}

/** Hours (3,600) or days (86,400) of one series in order of time, as columns of equal length. `at` is when a bucket begins. */
export interface Rollups {
  readonly series: number;
  readonly tierSeconds: number;
  readonly at: Float64Array;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
}

/**
 * Rollups on their way from one store to another. Whoever moves writes the samples first, calls `rollUp`, then `import`, and `beginAt`
 * last. An engine whose rollups are views on raw samples keeps what it is given in a table of its own, beside them, and answers from both.
 */
export interface RollupTransfer {
  starts(): TierStarts;
  /** Everything that is rolled up, series after series in the order they are given, at most 2^18 buckets at once. */
  export(query: { series: readonly number[]; tierSeconds: 3_600 | 86_400 }): AsyncIterable<Rollups>;
  /**
   * Takes in what another store rolled up, also where there are no raw samples. Of two buckets for one time, the one of more samples is
   * kept: so it may run twice, and a part never replaces the whole. Durable when it returns. @throws StoreUnavailable
   */
  import(rollups: readonly Rollups[]): Promise<void>;
  /** Where the raw samples of single series begin, when later than all others': those that are kept shorter. Optional, as keeping them so. */
  ownStarts?(): ReadonlyMap<number, number>;
  /**
   * For a store that was empty: tiers begin where they did in the other one. They never go back. @throws StoreUnavailable
   * @param own as `ownStarts` of the other one, by the numbers here
   */
  beginAt(starts: TierStarts, own?: ReadonlyMap<number, number>): Promise<void>;
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
  /** What `bytes` is made of. May be a minute old. An engine that cannot tell leaves it out, as the two below. */
  readonly tables?: readonly { readonly name: string; readonly bytes: number }[];
  /** null before the first. */
  readonly flushes?: Latency | null;
  /** Of `range`, `window` and `top`. */
  readonly queries?: Latency | null;
  /** How long the server itself keeps samples, in its own words; null when it does not say. Left out where `prune` decides. */
  readonly serverKeeps?: string | null;
}

/** Whether samples become durable. Costs nothing to ask. */
export interface StoreHealth {
  /** Accepted, not yet durable. */
  readonly pending: number;
  /** Of those, in a file of this process: its end does not lose them. */
  readonly spooled: number;
  /** Beyond this many in memory, `write` refuses. */
  readonly mostPending: number;
  /** The database does not take them: since when, and what it says. null while it does. */
  readonly failing: { readonly since: number; readonly message: string } | null;
}

/** What the raw samples of one series come to. */
export interface SeriesUsage {
  readonly series: number;
  readonly samples: number;
  /** Of those of them that are compressed already. */
  readonly stored: { readonly samples: number; readonly bytes: number };
  /** Of the oldest and the newest. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface MetricStore {
  /**
   * Takes samples in. They are visible to every question asked afterwards, and durable within the engine's flush window. A sample that
   * is already there (same series and instant) is ignored, and so is one from before the raw samples that are kept.
   * @throws RangeError when a value is not finite or an instant not in whole milliseconds since 1970, and nothing of the batch is
   * taken; StoreUnavailable when the bound of pending samples is reached, or after `close`
   */
  write(batch: SampleBatch): void;
  /** Samples that another process wrote and made known: `latest` knows them, nothing is written. Optional: without it they are not seen. */
  see?(batch: SampleBatch): void;
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
   * @param shorter series whose raw samples are kept for so many milliseconds only. Their hours and days stay as long as all others';
   * questions about what lies before are answered in steps of an hour, as where `retention.rawMs` ends. An engine may keep such
   * samples longer than it is told, as long as its answers stay right; never shorter.
   */
  prune(now: number, retention: Retention, shorter?: ReadonlyMap<number, number>): Promise<number>;
  /** Forgets series for good. */
  forget(series: readonly number[]): Promise<void>;
  /** Every sample of the given series in order of time, in batches; raw tier. */
  export(query: { series: readonly number[]; from: number; to: number }): AsyncIterable<SampleBatch>;
  /** An engine without it moves samples only, and the hours of a time whose samples are gone stay behind. */
  readonly rollups?: RollupTransfer;
  stats(): Promise<StoreStats>;
  /** Optional: without it nobody is told that samples wait. */
  health?(): StoreHealth;
  /** Optional: without it nobody can say what a plugin costs. Series without samples are left out. */
  usage?(): SeriesUsage[];
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
