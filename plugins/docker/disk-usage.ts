import { type CollectContext, CollectError, type Reason, type Report } from "../sdk";
import type { Config } from "./config";
import type { Engine } from "./engine";
import type { metrics } from "./metrics";
import { DISK_KINDS, parseDiskUsage } from "./parse-disk-usage";

/** Adding up sizes walks through every container's and volume's files. */
const DISK_MS = 15_000;

/** Kept between the runs that read it, so that the health does not flicker. */
interface Problem {
  readonly reason: Reason;
  readonly message: string;
}

/** Reports disk usage when it is due; what could not be read is told until it can. */
export async function collectDiskUsage(
  context: CollectContext<Config>,
  engine: Engine,
  prefix: string,
  report: Report<typeof metrics>,
): Promise<void> {
  const { config, memory } = context;
  if (!config.collectDiskUsage) return;
  if (memory.due("disk", config.diskIntervalSeconds))
    memory.keep("diskProblem", await readDiskUsage(context, engine, prefix, report));
  const problem = memory.recall<Problem | null>("diskProblem")?.value;
  if (problem) report.partial(problem.reason, problem.message);
}

async function readDiskUsage(
  { signal }: CollectContext<Config>,
  engine: Engine,
  prefix: string,
  report: Report<typeof metrics>,
): Promise<Problem | null> {
  try {
    const usage = parseDiskUsage(await engine.ask(`${prefix}/system/df`, { timeoutMs: DISK_MS }));
    if (!usage) return { reason: "parse", message: "The engine told its disk usage in an unknown shape." };
    for (const kind of DISK_KINDS) {
      const use = usage.uses[kind];
      if (use) report("docker_disk_usage_bytes", use.bytes, { kind });
      if (use?.reclaimableBytes !== undefined) report("docker_disk_reclaimable_bytes", use.reclaimableBytes, { kind });
    }
    if (usage.volumes !== undefined) report("docker_volumes", usage.volumes);
    if (usage.volumesUnused !== undefined) report("docker_volumes_unused", usage.volumesUnused);
    return null;
  } catch (error) {
    if (signal.aborted || !(error instanceof CollectError)) throw error;
    // Docker before 1.13 has no such question.
    if (error.reason === "not_found") return null;
    return { reason: error.reason, message: error.message };
  }
}
