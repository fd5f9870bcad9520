import { type CollectContext, type Report, readPartEvery, toLabel } from "../sdk";
import type { Config } from "./config";
import { type metrics, SNAPSHOT_SECONDS } from "./metrics";
import { parseAmount, parseInstant } from "./parse-amount";
import { listRows } from "./run-tool";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

const COLUMNS = "name,used,available,compressratio,usedbysnapshots,quota";

/** Reads file systems and volumes of the pools. @returns the names that are shown, and whether there were more */
export async function collectDatasets(
  context: Context,
  report: Reported,
  pools: readonly string[],
): Promise<{ shown: string[]; truncated: boolean }> {
  const { datasets, maxItems } = context.config;
  if (datasets === "none" || pools.length === 0) return { shown: [], truncated: false };
  const depth = datasets === "top" ? ["-d", "1"] : ["-r"];
  const rows = await list(context, [...depth, "-t", "filesystem,volume", "-o", COLUMNS, ...pools]);
  for (const [name = "", ...fields] of rows.slice(0, maxItems)) {
    const labels = { dataset: toLabel(name) };
    const [used, available, compressRatio, snapshots, quota] = fields.map((field) => parseAmount(field));
    if (used !== undefined) report("storage_dataset_used_bytes", used, labels);
    if (available !== undefined) report("storage_dataset_available_bytes", available, labels);
    if (compressRatio !== undefined) report("storage_compress_ratio", compressRatio, labels);
    if (snapshots !== undefined) report("storage_dataset_snapshots_bytes", snapshots, labels);
    if (quota !== undefined && quota > 0) report("storage_dataset_quota_bytes", quota, labels);
  }
  return { shown: rows.slice(0, maxItems).map(([name = ""]) => name), truncated: rows.length > maxItems };
}

/** Counts the snapshots of the datasets shown, when it is due. */
export async function collectSnapshots(
  context: Context,
  report: Reported,
  pools: readonly string[],
  shown: readonly string[],
): Promise<void> {
  const { config } = context;
  if (!config.snapshots || shown.length === 0) return;
  await readPartEvery(context, report, { key: "snapshots", seconds: SNAPSHOT_SECONDS }, () =>
    countSnapshots(context, report, pools, shown),
  );
}

async function countSnapshots(
  context: Context,
  report: Reported,
  pools: readonly string[],
  shown: readonly string[],
): Promise<void> {
  const { config, now } = context;
  // Depth 2 reaches the snapshots of what lies right below the pool.
  const depth = config.datasets === "top" ? ["-d", "2"] : ["-r"];
  const rows = await list(context, [...depth, "-t", "snapshot", "-o", "name,creation", ...pools]);
  const counts = new Map(shown.map((name) => [name, { count: 0, newest: 0 }]));
  for (const [name = "", creation] of rows) {
    const entry = counts.get(name.split("@")[0] ?? "");
    if (!entry) continue;
    entry.count += 1;
    entry.newest = Math.max(entry.newest, parseInstant(creation) ?? 0);
  }
  for (const [name, { count, newest }] of counts) {
    const labels = { dataset: toLabel(name) };
    report("storage_snapshots", count, labels);
    if (newest > 0)
      report("storage_snapshot_newest_age_seconds", Math.max(0, Math.round(now / 1_000) - newest), labels);
  }
}

const list = (context: Context, args: readonly string[]) => listRows(context, "zfs", { exact: args, plain: args });
