import { CollectError, type Reason } from "../sdk";

/** Why an endpoint is not well: the label of the metric. */
export type Cause = "dns" | "connect" | "tls" | "timeout" | "protocol" | "status" | "content" | "assert";

export interface Problem {
  readonly cause: Cause;
  readonly reason: Reason;
  readonly message: string;
}

/** What came of one endpoint. `facts` are a row of the inventory. */
export interface Verdict {
  readonly problems: readonly Problem[];
  readonly durationSeconds?: number | undefined;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

const CAUSES: Partial<Record<Reason, Cause>> = {
  dns: "dns",
  tls: "tls",
  timeout: "timeout",
  protocol: "protocol",
  unreachable: "connect",
};

/**
 * What a failed attempt says about the endpoint. A fault of this side (a missing tool, an address that Unity refuses to
 * dial) says nothing about it and is thrown on.
 */
export function problemOf(error: unknown): Problem {
  const cause = error instanceof CollectError ? CAUSES[error.reason] : undefined;
  if (!(error instanceof CollectError) || !cause) throw error;
  return { cause, reason: error.reason, message: error.hint ? `${error.message} ${error.hint}` : error.message };
}

/** Tries again at once when there was no connection: the second attempt meets another address, or a service that is back. */
export async function retryConnecting<T>(retries: number, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (let left = retries; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      const passing = error instanceof CollectError && (error.reason === "unreachable" || error.reason === "dns");
      if (!passing || left <= 0 || signal.aborted) throw error;
    }
  }
}
