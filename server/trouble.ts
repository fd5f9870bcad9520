import { messageOf } from "./errors";
import type { Log } from "./log";

/** Something that fails again and again until it works: told once when it begins, and once when it is over. */
export interface Trouble {
  failed(error: unknown, facts?: Readonly<Record<string, unknown>>): void;
  worked(): void;
}

export function createTrouble(log: Log, says: { readonly failing: string; readonly over: string }): Trouble {
  let failing = false;
  return {
    failed(error, facts = {}) {
      if (!failing) log.warn({ ...facts, error: reasonOf(error) }, says.failing);
      failing = true;
    },
    worked() {
      if (failing) log.info({}, says.over);
      failing = false;
    },
  };
}

/** What the driver said; a failed query repeats its whole text, which says less. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error && error.message.startsWith("Failed query"))
    return error.cause.message;
  return messageOf(error);
}
