import { CollectError } from "../sdk";
import { parseOpenFilesLimit } from "./parse";
import type { Context, Seen } from "./read-processes";
import { isProgram } from "./sums";

/** Few need to be counted to find the worst; on a machine where all are alike, it is one of these. */
const MAX_COUNTED = 50;
const LIMITS_BYTES = 4_096;

/** Open files of a process. "denied" when only root or its owner may know; undefined when it has ended. */
export async function countOpenFiles(context: Context, pid: number): Promise<number | "denied" | undefined> {
  const folder = `${context.config.procRoot}/${pid}/fd`;
  try {
    // Since Linux 6.2 the folder's size says how many there are.
    const { bytes } = await context.stat(folder);
    return bytes > 0 ? bytes : (await context.listDir(folder)).length;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return error.reason === "permission" ? "denied" : undefined;
  }
}

/**
 * How near the worst process is to its own limit. The room of a process's table is never less than what is open: so
 * only those are counted that may be worse than the worst so far.
 */
export async function findWorstOpenFiles(context: Context, processes: readonly Seen[]): Promise<number | undefined> {
  const candidates: { process: Seen; limit: number; most: number }[] = [];
  for (const process of processes.filter(isProgram)) {
    const limit = await readLimit(context, process.pid);
    if (limit !== undefined) candidates.push({ process, limit, most: (process.details?.fdRoom ?? 0) / limit });
  }
  candidates.sort((a, b) => b.most - a.most);
  const deniedUsers = new Set<string>();
  let worst: number | undefined;
  let counted = 0;
  for (const { process, limit, most } of candidates) {
    if (counted >= MAX_COUNTED || (worst !== undefined && worst >= most)) break;
    const uid = process.details?.uid ?? "";
    if (deniedUsers.has(uid)) continue;
    const count = await countOpenFiles(context, process.pid);
    if (count === "denied") deniedUsers.add(uid);
    else if (count !== undefined) {
      counted += 1;
      worst = Math.max(worst ?? 0, count / limit);
    }
  }
  return worst;
}

async function readLimit(context: Context, pid: number): Promise<number | undefined> {
  try {
    const path = `${context.config.procRoot}/${pid}/limits`;
    return parseOpenFilesLimit(await context.readFile(path, { maxBytes: LIMITS_BYTES }));
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
