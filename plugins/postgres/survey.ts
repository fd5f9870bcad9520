import { type CollectContext, CollectError, type Reason, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Ask } from "./open";
import type { ServerKind } from "./queries";

/** One run: what its parts share. */
export interface Survey {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly ask: Ask;
  readonly server: ServerKind;
  /** False without pg_read_all_stats: what other users do is hidden. */
  readonly readsAll: boolean;
}

/** What ends the run: without a connection no other part can do better. */
const FATAL: ReadonlySet<Reason> = new Set(["unreachable", "auth", "protocol", "dns", "tls", "internal"]);

interface Problem {
  readonly reason: Reason;
  readonly message: string;
}
/** What a costly part last gave, or why it gave nothing: told again in between, so that the health does not flicker. */
type Kept<T> = { readonly value: T } | { readonly problem: Problem };

type Reporting = Pick<Survey, "context" | "report">;

/** Does a part of the run, so that one that fails does not cost the others. @returns what the part returns, if it can */
export async function attempt<T>(survey: Reporting, what: string, work: () => Promise<T>): Promise<T | undefined> {
  return settle(survey, await tryPart(survey, what, work));
}

/** Does a costly part when it is due, and gives what it last returned in between. */
export async function attemptSometimes<T>(
  survey: Reporting,
  { key, seconds, what }: { key: string; seconds: number; what: string },
  work: () => Promise<T>,
): Promise<T | undefined> {
  const { memory } = survey.context;
  if (memory.due(key, seconds)) memory.keep(key, await tryPart(survey, what, work));
  const kept = memory.recall<Kept<T>>(key)?.value;
  return kept && settle(survey, kept);
}

async function tryPart<T>({ context }: Reporting, what: string, work: () => Promise<T>): Promise<Kept<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || FATAL.has(error.reason)) throw error;
    return { problem: { reason: error.reason, message: `${what} could not be read. ${error.message}` } };
  }
}

function settle<T>({ report }: Reporting, kept: Kept<T>): T | undefined {
  if (!("problem" in kept)) return kept.value;
  report.partial(kept.problem.reason, kept.problem.message);
  return undefined;
}
