import { type CollectContext, CollectError, type Reason, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Ask } from "./open";
import type { Info } from "./parse-info";

/** One run: what its parts share. */
export interface Survey {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly ask: Ask;
  readonly info: Info;
}

/** Of one command only; with anything else the connection is of no use any more. */
const OF_ONE_COMMAND: ReadonlySet<Reason> = new Set(["permission", "unsupported_version", "not_found", "parse"]);

/**
 * Does a part of the run, so that a command that is refused does not cost the others. One that the server does not know
 * (an old one, a managed one, a relative) is no fault of anybody: what it would tell is left out.
 */
export async function attempt<T>(
  { report }: Pick<Survey, "report">,
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CollectError) || !OF_ONE_COMMAND.has(error.reason)) throw error;
    if (error.reason !== "unsupported_version")
      report.partial(error.reason, `${what} could not be read. ${error.message} ${error.hint ?? ""}`.trim());
    return undefined;
  }
}
