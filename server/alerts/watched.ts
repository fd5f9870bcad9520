import type { Labels } from "../../plugins/sdk/plugin";

/** What alerting knows of an instance. */
export interface Watched {
  readonly id: string;
  readonly plugin: string;
  readonly name: string;
  readonly host: string;
  readonly tags: readonly string[];
  readonly intervalSeconds: number;
  readonly config: Readonly<Record<string, unknown>>;
}

/** One run of an instance, as alerting sees it. Samples are columns, in the order of the readings. */
export interface Seen {
  readonly instance: Watched;
  /** The tick. */
  readonly at: number;
  readonly series: readonly number[];
  readonly values: readonly number[];
  readonly failed: boolean;
  readonly consecutiveErrors: number;
}

/** What alerting knows of a metric of an instance. */
export interface MetricFacts {
  readonly labels: readonly string[];
  /** A counter's, stored by the second. */
  readonly isRate: boolean;
  /** So long nothing may come before the series counts as ended. */
  readonly staleMs: number;
}

export interface SeriesName {
  readonly id: number;
  readonly metric: string;
  readonly labels: Labels;
}
