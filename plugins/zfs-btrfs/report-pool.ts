import { type CollectContext, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Pool } from "./pool";

/** Under 5 % left to extend metadata that is over 80 % full: writing soon fails although df shows space. */
const SHORT_UNALLOCATED = 0.05;
const SHORT_METADATA = 0.8;

type Reported = Report<typeof metrics>;

export function reportPool(context: CollectContext<Config>, report: Reported, pool: Pool): void {
  const name = { pool: toLabel(pool.name) };
  report("storage_pool_healthy", pool.healthy ? 1 : 0, { ...name, fs: pool.fs });
  report("storage_pool_state", 1, { ...name, state: toLabel(pool.state) });
  report("storage_pool_devices_missing", pool.devicesMissing, name);
  if (pool.dataErrors !== undefined) report("storage_pool_data_errors", pool.dataErrors, name);
  reportSpace(report, pool, name);
  reportScan(context, report, pool, name);
  for (const device of pool.devices.slice(0, context.config.maxItems)) {
    const labels = { ...name, device: toLabel(device.name) };
    report("storage_vdev_healthy", device.healthy ? 1 : 0, labels);
    for (const [kind, count] of Object.entries(device.errors))
      report("storage_vdev_errors_total", count, { ...labels, kind });
  }
}

function reportSpace(report: Reported, { space }: Pool, name: { pool: string }): void {
  const { size, unallocated, metadataUsedRatio } = space;
  const say = (metric: Parameters<typeof reportKnown>[1], value: number | undefined) =>
    reportKnown(report, metric, value, name);
  say("storage_pool_size_bytes", size);
  say("storage_pool_allocated_bytes", space.allocated);
  say("storage_pool_free_bytes", space.free);
  say("storage_pool_used_ratio", space.usedRatio);
  say("storage_pool_fragmentation_ratio", space.fragmentationRatio);
  say("storage_dedup_ratio", space.dedupRatio);
  say("storage_pool_unallocated_bytes", unallocated);
  say("storage_pool_metadata_used_ratio", metadataUsedRatio);
  if (size === undefined || unallocated === undefined || metadataUsedRatio === undefined) return;
  const short = unallocated < SHORT_UNALLOCATED * size && metadataUsedRatio > SHORT_METADATA;
  report("storage_pool_metadata_short", short ? 1 : 0, name);
}

function reportKnown(
  report: Reported,
  metric:
    | "storage_pool_size_bytes"
    | "storage_pool_allocated_bytes"
    | "storage_pool_free_bytes"
    | "storage_pool_used_ratio"
    | "storage_pool_fragmentation_ratio"
    | "storage_dedup_ratio"
    | "storage_pool_unallocated_bytes"
    | "storage_pool_metadata_used_ratio",
  value: number | undefined,
  labels: { pool: string },
): void {
  if (value !== undefined && Number.isFinite(value)) report(metric, value, labels);
}

/**
 * ZFS tells only of the last scan: while a scrub runs, or after a resilver, the scrub before it is known from memory.
 */
function reportScan(
  { memory, now }: CollectContext<Config>,
  report: Reported,
  { fs, name: poolName, scan }: Pool,
  name: { pool: string },
): void {
  if (!scan) return;
  report("storage_scrub_running", scan.kind === "scrub" && scan.running ? 1 : 0, name);
  report("storage_resilver_running", scan.kind === "resilver" && scan.running ? 1 : 0, name);
  if (scan.running && scan.progressRatio !== undefined) report("storage_scan_progress_ratio", scan.progressRatio, name);
  for (const [kind, count] of Object.entries(scan.errors)) report("storage_scrub_errors", count, { ...name, kind });
  const key = `scrubbed:${fs}:${poolName}`;
  if (scan.finishedAt !== undefined) memory.keep(key, scan.finishedAt);
  const finishedAt = scan.finishedAt ?? memory.recall<number>(key)?.value;
  if (finishedAt === undefined) return;
  report("storage_scrub_last_timestamp_seconds", finishedAt, name);
  report("storage_scrub_age_seconds", Math.max(0, Math.round(now / 1_000) - finishedAt), name);
}
