import { type CollectContext, CollectError, errorCode, type Reason } from "../sdk";

/** What could not be read. */
export interface Problem {
  readonly reason: Reason;
  readonly message: string;
}

/** A sensor's file is a line; a driver that writes more has nothing to say. */
const MAX_BYTES = 4_096;
/**
 * A driver's way to say that there is no value now: a disk that sleeps, a chip that does not answer, a card that is switched
 * off. The kernel's own errors for a file that may not be read are others.
 */
const NO_VALUE = new Set(["ETIMEDOUT", "EPERM"]);

/** Reads what may be missing or have no value. @throws CollectError `timeout` when the driver hangs */
export async function readOptional(
  context: CollectContext,
  problems: Problem[],
  path: string,
): Promise<string | undefined> {
  return orNothing(context, problems, () => context.readFile(path, { maxBytes: MAX_BYTES }));
}

/** @throws CollectError `timeout` when the driver hangs */
export async function listOptional(context: CollectContext, problems: Problem[], path: string): Promise<string[]> {
  return (await orNothing(context, problems, () => context.listDir(path))) ?? [];
}

/** A refusal is noted once of each reason: a hundred sensors give one remark. */
async function orNothing<T>(
  context: CollectContext,
  problems: Problem[],
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    if (NO_VALUE.has(errorCode(error.cause))) return undefined;
    if (error.reason === "timeout") throw error;
    if (error.reason === "permission" && !problems.some(({ reason }) => reason === "permission"))
      problems.push({ reason: error.reason, message: error.message });
    return undefined;
  }
}
