import { type CollectContext, CollectError, type Reason, type Report } from "../sdk";
import { FACTS_SECONDS, type metrics } from "./metrics";

export type ReadOptional = (path: string, maxBytes?: number) => Promise<string | undefined>;

interface Refusal {
  readonly reason: Reason;
  readonly message: string;
  readonly at: number;
}

/** A refusal stands until the file is due again, with one run of grace; then its interface is gone. Milliseconds. */
const STANDS_MS = 2 * FACTS_SECONDS * 1_000;

/**
 * Reads what a kernel may not have: undefined when it is missing, or when the driver answers with an error (a link without a
 * speed). Other refusals are kept, since not every file is read in every run, and `tell` reports one of each reason: the
 * health does not flicker, and a hundred interfaces give one remark.
 */
export function createReader(context: CollectContext, report: Report<typeof metrics>) {
  const refusals = new Map(context.memory.recall<[string, Refusal][]>("refusals")?.value);
  const read: ReadOptional = async (path, maxBytes) => {
    try {
      const text = await context.readFile(path, maxBytes === undefined ? {} : { maxBytes });
      refusals.delete(path);
      return text;
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      const { reason, message } = error;
      if (reason === "not_found" || reason === "internal") refusals.delete(path);
      else refusals.set(path, { reason, message: `${path} could not be read: ${message}`, at: context.now });
      return undefined;
    }
  };
  const tell = () => {
    const standing = [...refusals].filter(([, { at }]) => context.now - at < STANDS_MS);
    context.memory.keep("refusals", standing);
    const byReason = new Map(standing.map(([, { reason, message }]) => [reason, message]));
    for (const [reason, message] of byReason) report.partial(reason, message);
  };
  return { read, tell };
}
