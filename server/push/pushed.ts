import type { Buckets } from "../../plugins/sdk/histogram";
import type { PushedName } from "../../plugins/sdk/plugin";

/** One series of a push, as it was sent: nothing of it is checked but its form. Columns are of equal length. */
export interface PushedSeries extends PushedName {
  /** Epoch milliseconds. */
  readonly at: readonly number[];
  readonly value: readonly number[];
  /** Of increases instead of totals: since when each counts; null: since the one before. */
  readonly since?: readonly (number | null)[] | undefined;
}

/** A whole histogram at one instant. */
export interface PushedHistogram extends PushedName {
  readonly at: number;
  /** Cumulative over the bounds. */
  readonly buckets: Buckets;
  /** It counts since the one before, not since it began. */
  readonly isIncrease: boolean;
}

/** What a request brings, of whatever protocol. */
export interface Push {
  readonly series: readonly PushedSeries[];
  readonly histograms: readonly PushedHistogram[];
  /** Samples that say nothing: no number, a text. */
  readonly leftOut: number;
  /** Samples that this Unity does not take in this form, and why, in words. */
  readonly unsupported: number;
  readonly invalid: number;
  readonly remarks: readonly string[];
}

/** What a sender did wrong: asking again would be no better. */
export class PushFault extends Error {
  override readonly name = "PushFault";
}

/** More than any sender puts in one request; beyond, a request is refused as a whole, before it takes memory. */
export const MOST_SAMPLES = 200_000;
export const MOST_SERIES = 100_000;
export const MOST_LABELS = 64;
/** A text longer than that is no name and no label. */
export const MOST_TEXT_BYTES = 16_384;
