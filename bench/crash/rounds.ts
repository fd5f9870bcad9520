import type { Retention, SampleBatch } from "../../server/metrics/store";

/** Round `r` writes one sample to each of these series. Everything about a sample follows from its round, so that it can be checked. */
export const CRASH_SERIES: readonly number[] = Array.from({ length: 20 }, (_, index) => index + 1);
/** 2026-11-24 00:00 UTC. */
const START = 1_795_478_400_000;
/** Ten seconds a round: 360 rounds are an hour, so that rollups happen, too. */
const ROUND_MS = 10_000;

export const instantOf = (round: number) => START + round * ROUND_MS;
export const roundOf = (at: number) => (at - START) / ROUND_MS;
export const readingOf = (series: number, round: number) => series * 1_000_000 + round;

export const batchOf = (round: number): SampleBatch => ({
  series: CRASH_SERIES,
  at: CRASH_SERIES.map(() => instantOf(round)),
  value: CRASH_SERIES.map((series) => readingOf(series, round)),
});

/** What the writer may be at when it is killed. */
export const WRITING = ["flush", "seal", "rollup", "retention"] as const;
export type Writing = (typeof WRITING)[number];
/** Or it is still taking the database of an earlier version along. */
export const PHASES = [...WRITING, "migration"] as const;

const DAY_MS = 86_400_000;
/** Short for samples, so that there is always something to drop; hours of everything are kept, so that it can be counted. */
export const RETENTION: Retention = { rawMs: DAY_MS / 4, hourlyMs: 3_000 * DAY_MS, dailyMs: 3_000 * DAY_MS };
