import { type CollectContext, CollectError } from "../sdk";
import type { Problem } from "./space";

/** Reads what may be missing. A refusal is noted once in `problems`: a hundred devices give one remark. */
export async function readOptional(
  context: CollectContext,
  problems: Problem[],
  path: string,
): Promise<string | undefined> {
  return orNothing(context, problems, path, () => context.readFile(path));
}

export async function listOptional(context: CollectContext, problems: Problem[], path: string): Promise<string[]> {
  return (await orNothing(context, problems, path, () => context.listDir(path))) ?? [];
}

async function orNothing<T>(
  context: CollectContext,
  problems: Problem[],
  path: string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    const { reason, message } = error;
    const quiet = reason === "not_found" || reason === "internal" || problems.some((told) => told.reason === reason);
    if (!quiet) problems.push({ reason, message: `${path} could not be read: ${message}` });
    return undefined;
  }
}
