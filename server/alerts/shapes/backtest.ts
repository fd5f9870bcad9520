/** One time that a rule would have fired. */
export interface Episode {
  readonly instanceId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly from: number;
  /** Null: it still would. */
  readonly to: number | null;
  readonly metric: string | null;
  readonly limit: number | null;
  /** The value that was furthest out. */
  readonly worst: number | null;
}

/** How a rule would have done. */
export interface Backtest {
  /** Newest first; the newest hundreds of `count`. */
  readonly episodes: readonly Episode[];
  readonly count: number;
  /** Of all of them together, up to now. */
  readonly firingMs: number;
  /** What was looked at: less than was asked for where there is no more, or where it would have taken too long. */
  readonly from: number;
  readonly to: number;
  readonly instances: number;
  readonly series: number;
  /** Instances that there was no time for. */
  readonly skipped: number;
  /** How finely, oldest first: from when on in which steps. 0 is every sample. */
  readonly resolution: readonly { readonly from: number; readonly stepSeconds: number }[];
}
