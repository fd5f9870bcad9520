import { type CollectContext, CollectError, type Reason, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Ask } from "./open";
import type { Named } from "./parse";
import type { ServerKind, StatusName, VariableName } from "./queries";

/** One run: what its parts share. */
export interface Survey {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly ask: Ask;
  readonly server: ServerKind;
  readonly variables: Named<VariableName>;
  readonly status: Named<StatusName>;
}

/** Of one statement only; with anything else the connection is of no use any more. */
const OF_ONE_STATEMENT: ReadonlySet<Reason> = new Set([
  "permission",
  "unsupported_version",
  "not_found",
  "parse",
  "timeout",
]);

/**
 * Does a part of the run, so that one that fails does not cost the others. What a server does not know (an old one, one
 * without InnoDB, a relative) is no fault of anybody: it is left out. @returns what it returns, or why it could not
 */
export async function attempt<T>(
  { report, context }: Pick<Survey, "report" | "context">,
  what: string,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly reason: Reason }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || !OF_ONE_STATEMENT.has(error.reason)) throw error;
    if (error.reason !== "unsupported_version")
      report.partial(error.reason, `${what} could not be read. ${error.message}${error.hint ? ` ${error.hint}` : ""}`);
    return { reason: error.reason };
  }
}
