import { type CollectContext, CollectError, type Reason, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Ask } from "./open";

/** One run: what its parts share. */
export interface Survey {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly ask: Ask;
}

/** Of one command only; with anything else the connection is of no use any more. */
const OF_ONE_COMMAND: ReadonlySet<Reason> = new Set([
  "permission",
  "unsupported_version",
  "not_found",
  "parse",
  "timeout",
]);

/** Does a part of the run, so that one that fails does not cost the others. What a server does not know is left out. */
export async function attempt<T>(
  { report, context }: Pick<Survey, "report" | "context">,
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || !OF_ONE_COMMAND.has(error.reason)) throw error;
    if (error.reason !== "unsupported_version")
      report.partial(error.reason, `${what} could not be read. ${error.message}${error.hint ? ` ${error.hint}` : ""}`);
    return undefined;
  }
}
