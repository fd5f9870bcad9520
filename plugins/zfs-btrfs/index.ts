import { type CollectContext, CollectError, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { collectBtrfs } from "./btrfs";
import { type Config, config } from "./config";
import { discover } from "./discover";
import { describePools } from "./inventory";
import { metrics } from "./metrics";
import { collectZfs, type Found } from "./zfs";

export default definePlugin({
  id: "zfs-btrfs",
  name: "ZFS / Btrfs",
  summary: "Health of pools, errors of their devices, space, scrubs, datasets and snapshots.",
  category: "storage",
  tier: 3,
  kind: "host",
  needs: [
    "ZFS: zpool and zfs (package zfsutils-linux)",
    "Btrfs: btrfs (package btrfs-progs); for scrubs root, or in /etc/sudoers.d/unity: unity ALL=(root) NOPASSWD: /usr/bin/btrfs scrub status --raw *, /usr/bin/btrfs --format json device stats *",
  ],
  intervalSeconds: 60,
  minIntervalSeconds: 30,
  timeoutMs: 45_000,
  config,
  metrics,
  alerts,
  board: [
    meter("storage_pool_used_ratio", "Fullest pool", { combine: "max", warn: 0.8, bad: 0.9 }),
    meter("storage_pool_devices_missing", "Devices missing", { combine: "sum", bad: 1 }),
    states("storage_pool_healthy", "Pools", "pool"),
    states("storage_vdev_healthy", "Devices", "device"),
    table({
      title: "Pools",
      by: "pool",
      columns: [
        { metric: "storage_pool_used_ratio", title: "Used" },
        { metric: "storage_pool_size_bytes", title: "Size" },
        { metric: "storage_pool_free_bytes", title: "Free" },
        { metric: "storage_scrub_age_seconds", title: "Last scrub" },
        { metric: "storage_pool_data_errors", title: "Lost data" },
      ],
    }),
    table({
      title: "Datasets",
      by: "dataset",
      columns: [
        { metric: "storage_dataset_used_bytes", title: "Used" },
        { metric: "storage_dataset_available_bytes", title: "Available" },
        { metric: "storage_dataset_snapshots_bytes", title: "Held by snapshots" },
        { metric: "storage_snapshots", title: "Snapshots" },
        { metric: "storage_snapshot_newest_age_seconds", title: "Newest" },
      ],
    }),
    chart("Used", ["storage_pool_used_ratio"]),
    chart("New device errors", ["storage_vdev_errors_total"]),
    chart("Scrub or resilver", ["storage_scan_progress_ratio"]),
    chart("ARC", ["zfs_arc_size_bytes", "zfs_arc_max_bytes"]),
    chart("ARC hits and misses", ["zfs_arc_hits_total", "zfs_arc_misses_total"]),
    chart("Datasets", ["storage_dataset_used_bytes"]),
  ],
  help: {
    not_found: "Check that the pool is imported or the file system mounted, and the names in the settings.",
    missing_tool: "Install zfsutils-linux for ZFS, or btrfs-progs for Btrfs.",
    permission: "Switch sudo on in the settings and allow the commands of the README in /etc/sudoers.d/unity.",
    timeout: "A pool may hang: look at dmesg, and at zpool status in a terminal.",
    protocol: "Run the command of the message in a terminal to see all it says.",
    parse: "The tool may be newer than this plugin knows; please report it.",
    unsupported_version: "zpool is older than any known one.",
  },
  discover,
  target: ({ pools, mounts }) => [...pools, ...mounts].join(", ") || "all pools",
  async collect(context, report) {
    const { type, maxItems } = context.config;
    const problems: CollectError[] = [];
    const zfs = type === "btrfs" ? undefined : await attempt(context, problems, () => collectZfs(context, report));
    const taken = zfs?.pools.map(({ name }) => name) ?? [];
    const btrfs =
      type === "zfs" ? undefined : await attempt(context, problems, () => collectBtrfs(context, report, taken));
    settle(problems, zfs ?? btrfs, report);
    const found = [zfs, btrfs].filter((part) => part !== undefined);
    report("storage_items_truncated", found.some(({ truncated }) => truncated) ? 1 : 0);
    report.inventory(
      describePools(
        found.flatMap(({ pools }) => pools),
        maxItems,
      ),
    );
  },
});

/** One of the two file systems may fail without costing the other. */
async function attempt<T>(
  { signal }: CollectContext<Config>,
  problems: CollectError[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || !(error instanceof CollectError)) throw error;
    problems.push(error);
    return undefined;
  }
}

function settle(problems: readonly CollectError[], found: Found | undefined, report: Report<typeof metrics>): void {
  const [first] = problems;
  if (!found && first) throw first;
  if (!found)
    throw new CollectError("not_found", "There is no ZFS pool and no mounted Btrfs on this machine.", {
      hint: "Import or mount one, or remove this instance.",
    });
  for (const { reason, message } of problems) report.partial(reason, message);
}
