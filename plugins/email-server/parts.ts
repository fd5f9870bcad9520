import { type CollectContext, CollectError, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export type Context = CollectContext<Config>;
export type Reporter = Report<typeof metrics>;

/** What parts found out beside numbers: the inventory, put together at the end. */
export interface Notes {
  readonly facts: Record<string, string | number | boolean>;
  readonly lists: Record<string, readonly Readonly<Record<string, string | number | boolean | null>>[]>;
}

/** The parts of a run: each may fail for itself. */
export interface Parts {
  /** Does one part. What fails is noted. @throws what is no failure of the part: the run's end, a fault of the plugin */
  attempt(work: () => Promise<void>): Promise<void>;
  /** Tells the failures. @throws CollectError the first of them when no part came through */
  finish(): void;
}

export function createParts(context: Context, report: Reporter): Parts {
  const failures: CollectError[] = [];
  let done = 0;
  return {
    attempt: async (work) => {
      try {
        await work();
        done += 1;
      } catch (error) {
        if (context.signal.aborted || !(error instanceof CollectError)) throw error;
        failures.push(error);
      }
    },
    finish: () => {
      const [first] = failures;
      const told = done > 0 ? failures : failures.slice(1);
      for (const { reason, message, hint } of told) report.partial(reason, hint ? `${message} ${hint}` : message);
      if (done === 0 && first) throw first;
    },
  };
}
