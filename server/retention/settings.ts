import { z } from "zod";

/** A century: longer than any disk, short enough for every instant. */
const LONGEST_DAYS = 36_500;
const days = z.number().int().min(1).max(LONGEST_DAYS);

/** How long what is kept, as people set it. Every part has a default, so that what an older version stored can be read. */
export const RetentionSettings = z.object({
  /** Samples as they were measured. */
  rawDays: days.default(30),
  /** Rollups by the hour and by the day. */
  hourlyDays: days.default(365),
  dailyDays: days.default(5 * 365),
  /** Transitions of alerts, and runs. */
  alertsDays: days.default(90),
  runsDays: days.default(7),
  /** Who did what. */
  auditDays: days.default(365),
  /** By plugin, where its raw samples are kept for another time than `rawDays`. */
  plugins: z.record(z.string().max(64), days).default({}),
  /** Keep the samples under so many bytes; null for as many as they are. */
  budgetBytes: z.number().int().min(1).nullable().default(null),
});
export type RetentionSettings = z.output<typeof RetentionSettings>;

export const DEFAULT_RETENTION: RetentionSettings = RetentionSettings.parse({});
