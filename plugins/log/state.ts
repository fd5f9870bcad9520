import type { JournalPlace, TailPlace } from "../sdk";
import type { Severity } from "./patterns";

export const DROP_REASONS = ["too_long", "too_costly", "lost"] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** What is known of a source: where reading stopped, and the totals since Unity started. Plain data, kept between runs. */
export interface SourceState {
  readonly startedAt: number;
  /** Of each file, by path. */
  readonly places: Record<string, TailPlace>;
  journal: JournalPlace | undefined;
  /** What appears later is read from its beginning. */
  hasBegun: boolean;
  /** At least once. */
  wasRead: boolean;
  /** Runs in a row without a file: a rotation takes a moment. */
  missingRuns: number;
  lines: number;
  bytes: number;
  rotations: number;
  readonly dropped: Record<DropReason, number>;
  /** By pattern. */
  readonly matches: Record<string, number>;
  readonly lastMatchAt: Record<string, number>;
  /** By pattern, then by value. */
  readonly extracted: Record<string, Record<string, number>>;
  /** Of the journal, by priority. */
  readonly priorities: Record<string, number>;
  lastLineAt: number | undefined;
  /** Entries of several lines that may go on, by path. */
  readonly pending: Record<string, string>;
  /** Lines of severity error by minute since 1970, of the last hour. */
  readonly errors: Record<string, number>;
}

export interface Sample {
  readonly at: number;
  readonly source: string;
  readonly pattern: string;
  readonly severity: Severity;
  readonly line: string;
}

export const createState = (now: number): SourceState => ({
  startedAt: now,
  places: {},
  journal: undefined,
  hasBegun: false,
  wasRead: false,
  missingRuns: 0,
  lines: 0,
  bytes: 0,
  rotations: 0,
  dropped: { too_long: 0, too_costly: 0, lost: 0 },
  matches: {},
  lastMatchAt: {},
  extracted: {},
  priorities: {},
  lastLineAt: undefined,
  pending: {},
  errors: {},
});
