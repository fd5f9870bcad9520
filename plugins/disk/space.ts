import { type CollectContext, CollectError, type FileSystemFacts, type Reason, type Report } from "../sdk";
import { askShare } from "./ask-share";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Shown } from "./mounts";

/** What could not be read. Told again in each run until space is read again, so that the health does not flicker. */
export interface Problem {
  readonly reason: Reason;
  readonly message: string;
}
type Context = CollectContext<Config>;

/** What hung is left alone for so long: a process that waits for a dead server may be one that cannot be ended. */
const LEFT_ALONE_MS = 300_000;
/** So many servers are asked at once. */
const SERVERS_AT_ONCE = 8;

/** Reports space and inodes of each file system: local ones first, because a share may take long to say nothing. */
export async function collectSpace(
  context: Context,
  report: Report<typeof metrics>,
  shown: readonly Shown[],
): Promise<Problem[]> {
  const local = shown.filter(({ server }) => server === undefined);
  const problems = (await Promise.all(local.map((mount) => collectOne(context, report, mount)))).flat();
  const servers = new Map<string, Shown[]>();
  for (const mount of shown)
    if (mount.server !== undefined) servers.set(mount.server, [...(servers.get(mount.server) ?? []), mount]);
  const before = new Map(context.memory.recall<[string, Hung][]>("hung")?.value);
  const hung: [string, Hung][] = [];
  const waiting = [...servers];
  while (waiting.length > 0) {
    const batch = waiting.splice(0, SERVERS_AT_ONCE).map(async ([server, shares]) => {
      const found = await collectServer(context, report, shares, before.get(server));
      if (found.hung) hung.push([server, found.hung]);
      return found.problems;
    });
    problems.push(...(await Promise.all(batch)).flat());
  }
  context.memory.keep("hung", hung);
  return problems;
}

interface Hung {
  readonly message: string;
  readonly at: number;
}

/** One share of a server after the other, and none after one hung: they would all hang. */
async function collectServer(
  context: Context,
  report: Report<typeof metrics>,
  shares: readonly Shown[],
  before: Hung | undefined,
): Promise<{ problems: Problem[]; hung: Hung | undefined }> {
  const problems: Problem[] = [];
  let hung = before && context.now - before.at < LEFT_ALONE_MS ? before : undefined;
  for (const share of shares) {
    if (hung) {
      reportFlags(report, share, false);
      problems.push({ reason: "timeout", message: `${share.labels.mount} was left alone: ${hung.message}` });
      continue;
    }
    const found = await collectOne(context, report, share);
    problems.push(...found);
    const timeout = found.find(({ reason }) => reason === "timeout");
    if (timeout) hung = { message: timeout.message, at: context.now };
  }
  return { problems, hung };
}

async function collectOne(context: Context, report: Report<typeof metrics>, mount: Shown): Promise<Problem[]> {
  try {
    const { statPath, server } = mount;
    const timeoutMs = context.config.statfsTimeoutMs;
    const facts = await (server === undefined ? context.statfs(statPath, { timeoutMs }) : askShare(context, statPath));
    // No blocks at all: one of the kernel's own that the list of types does not know.
    if (facts.blocks <= 0) return [];
    reportFlags(report, mount, true);
    reportSpace(report, mount, facts);
    return [];
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    reportFlags(report, mount, false);
    return [{ reason: error.reason, message: `${mount.labels.mount} (${mount.labels.fstype}): ${error.message}` }];
  }
}

function reportFlags(report: Report<typeof metrics>, { labels, readonly }: Shown, answered: boolean): void {
  report("disk_stat_failed", answered ? 0 : 1, labels);
  report("disk_readonly", readonly ? 1 : 0, labels);
}

function reportSpace(report: Report<typeof metrics>, { labels }: Shown, facts: FileSystemFacts): void {
  const { blockBytes, blocks, blocksFree, blocksAvailable, files, filesFree } = facts;
  // Where the reserve is in use, some kernels say less than nothing is available.
  const available = Math.max(0, blocksAvailable);
  const used = Math.max(0, blocks - blocksFree);
  report("disk_size_bytes", blocks * blockBytes, labels);
  report("disk_available_bytes", available * blockBytes, labels);
  report("disk_used_bytes", used * blockBytes, labels);
  if (used + available > 0) report("disk_used_ratio", used / (used + available), labels);
  // Btrfs, FAT and most shares make inodes as they need them, and say 0.
  if (files <= 0) return;
  report("disk_inodes", files, labels);
  report("disk_inodes_free", filesFree, labels);
  report("disk_inodes_used_ratio", Math.min(1, Math.max(0, (files - filesFree) / files)), labels);
}
