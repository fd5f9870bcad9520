import { reasonOf } from "./errors";
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
