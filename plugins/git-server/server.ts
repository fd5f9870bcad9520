import type { CollectContext, HttpAnswer, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export type Context = CollectContext<Config>;
export type Reported = Report<typeof metrics>;

/** One repository, whichever server tells of it. What is not told is undefined. */
export interface Repository {
  readonly name: string;
  readonly visibility: "public" | "internal" | "private";
  readonly isArchived: boolean;
  readonly isMirror: boolean;
  readonly isStale: boolean | undefined;
  readonly sizeBytes: number | undefined;
  readonly openIssues: number | undefined;
  readonly openPullRequests: number | undefined;
}

/** So many answers of 50 or 100 repositories are read: more would take longer than a run may. */
export const MAX_PAGES = 40;

/** The number in a header that says how many there are in all; undefined without one. */
export function totalOf({ headers }: Pick<HttpAnswer, "headers">, name: string): number | undefined {
  const text = headers[name] ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/** Seconds an answer took, to its last byte. */
export const secondsOf = ({ timings }: HttpAnswer) => timings.total / 1_000;
