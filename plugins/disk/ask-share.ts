import { type CollectContext, CollectError, type FileSystemFacts, type Reason } from "../sdk";
import type { Config } from "./config";

/** Block size, blocks, free, available, inodes, free inodes: what statfs(2) says, by coreutils or BusyBox. */
const FORMAT = "%S %b %f %a %c %d";

const REASONS: readonly (readonly [RegExp, Reason])[] = [
  [/permission denied|not permitted/i, "permission"],
  [/no such file/i, "not_found"],
];

/**
 * Asks a share for its space in a process of its own, which can be ended when the server is gone. Asked by this process, each
 * dead server would hold one of its few threads for files, and two of them would end the reading of local disks as well.
 */
export async function askShare(context: CollectContext<Config>, path: string): Promise<FileSystemFacts> {
  const timeoutMs = context.config.statfsTimeoutMs;
  try {
    const { code, stdout, stderr } = await context.exec("stat", ["-f", "-c", FORMAT, path], { timeoutMs });
    if (code !== 0) throw refusal(stderr);
    return parseFacts(stdout);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || error.reason !== "missing_tool") throw error;
    return context.statfs(path, { timeoutMs });
  }
}

/** "stat: cannot read file system information for '/mnt/x': Stale file handle": the last part says why. */
function refusal(stderr: string): CollectError {
  const why = stderr.trim().split(": ").at(-1)?.slice(0, 200) || "stat failed without a word";
  const reason = REASONS.find(([pattern]) => pattern.test(why))?.[1] ?? "unreachable";
  return new CollectError(reason, `${why}.`);
}

function parseFacts(stdout: string): FileSystemFacts {
  const numbers = stdout.trim().split(" ").map(Number);
  const [blockBytes = Number.NaN, blocks = 0, blocksFree = 0, blocksAvailable = 0, files = 0, filesFree = 0] = numbers;
  if (numbers.length !== 6 || !numbers.every(Number.isFinite))
    throw new CollectError("parse", `stat printed ${JSON.stringify(stdout.slice(0, 100))} instead of six numbers.`);
  return { blockBytes, blocks, blocksFree, blocksAvailable, files, filesFree };
}
