import { type CollectContext, CollectError, type Reason } from "../sdk";
import { MACHINE_SECONDS } from "./metrics";

export interface Problem {
  readonly reason: Reason;
  readonly message: string;
}

export interface Part {
  readonly path: string;
  /** Missing is a problem only then: kernels differ in what they tell. */
  readonly needed?: boolean;
  /** @throws CollectError `parse`, of which the message says what "it" lacks */
  take(text: string): void;
}

/**
 * Runs each part on its own, in their order: one file that cannot be read takes nothing else down.
 * @returns what went wrong
 */
export async function readParts(context: CollectContext, parts: readonly Part[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { path, needed = false, take } of parts) {
    try {
      const text = await context.readFile(path);
      take(text);
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      const { reason, message } = error;
      if (reason === "not_found" && !needed) continue;
      problems.push({ reason, message: reason === "parse" ? `${path} makes no sense: ${message}` : message });
    }
  }
  return problems;
}

/** Text of a file that may be missing or closed to us, trimmed; "" then: a fact that is not known. */
export const readFact = (context: CollectContext, path: string): Promise<string> =>
  orElse(context, "", async () => (await context.readFile(path)).trim());

export const exists = (context: CollectContext, path: string): Promise<boolean> =>
  orElse(context, false, async () => (await context.stat(path)).mtimeMs >= 0);

/** @returns `otherwise` when the world refuses; a fault of our own is thrown */
export async function orElse<T>(context: CollectContext, otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return otherwise;
  }
}

/**
 * Whether to read what not every machine has: as often as said where it was there the last time, else seldom.
 * @param seconds 0: with every run
 */
export function isDue({ memory }: CollectContext, what: string, seconds: number): boolean {
  const absent = memory.recall<boolean>(`absent:${what}`)?.value ?? false;
  return memory.due(what, absent ? MACHINE_SECONDS : seconds);
}

export function noteAbsence({ memory }: CollectContext, what: string, absent: boolean): void {
  memory.keep(`absent:${what}`, absent);
}
