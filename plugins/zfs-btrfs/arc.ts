import { type CollectContext, CollectError, type Report, readPart } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

const ARC_STATS = "/proc/spl/kstat/zfs/arcstats";
const WANTED = {
  size: "zfs_arc_size_bytes",
  c_max: "zfs_arc_max_bytes",
  hits: "zfs_arc_hits_total",
  misses: "zfs_arc_misses_total",
} as const;

/** Reads the cache's own file, lines of "name type value". zfs-fuse and containers have none. */
export async function collectArc(context: CollectContext<Config>, report: Report<typeof metrics>): Promise<void> {
  const text = await readPart(context, report, () => readIfThere(context));
  if (text === undefined) return;
  const values = new Map(
    text.split("\n").map((line) => {
      const [name = "", , value] = line.trim().split(/\s+/);
      return [name, Number(value)];
    }),
  );
  for (const [name, metric] of Object.entries(WANTED)) {
    const value = values.get(name);
    if (value !== undefined && Number.isFinite(value)) report(metric, value);
  }
}

async function readIfThere(context: CollectContext<Config>): Promise<string | undefined> {
  try {
    return await context.readFile(ARC_STATS);
  } catch (error) {
    if (error instanceof CollectError && error.reason === "not_found") return undefined;
    throw error;
  }
}
