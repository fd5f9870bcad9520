import type { CollectContext } from "./context";
import { CollectError, type Reason } from "./errors";
import type { Report } from "./plugin";

interface Problem {
  readonly reason: Reason;
  readonly message: string;
}

/** Reasons that end the run all the same: a login that is refused for one part is refused for all. */
interface Fatal {
  readonly fatal?: readonly Reason[] | undefined;
}

/**
 * Reads a part that the others do without. What fails is told as partial, and the answer is undefined.
 *
 * @throws when the run was ended, the fault is the plugin's own, or its reason is fatal
 */
export async function readPart<T>(
  context: Pick<CollectContext, "signal">,
  report: Pick<Report, "partial">,
  read: () => Promise<T>,
  { fatal = [] }: Fatal = {},
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || fatal.includes(error.reason)) throw error;
    report.partial(error.reason, error.message);
    return undefined;
  }
}

/**
 * The same for a part that is costly and therefore read every so many seconds. Its failure is told in each run until it
 * can be read again: the health does not flicker.
 */
export async function readPartEvery(
  context: Pick<CollectContext, "signal" | "memory">,
  report: Pick<Report, "partial">,
  { key, seconds, fatal }: { key: string; seconds: number } & Fatal,
  read: () => Promise<void>,
): Promise<void> {
  const { memory } = context;
  const kept = `problem:${key}`;
  if (memory.due(key, seconds)) {
    const problems: Problem[] = [];
    const note = { partial: (reason: Reason, message: string) => void problems.push({ reason, message }) };
    await readPart(context, note, read, { fatal });
    memory.keep(kept, problems);
  }
  for (const { reason, message } of memory.recall<readonly Problem[]>(kept)?.value ?? [])
    report.partial(reason, message);
}
