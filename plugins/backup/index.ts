import { CollectError, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import type { Read } from "./job";
import { metrics } from "./metrics";
import { nameJob, placeJob } from "./names";
import { readBorgRepository } from "./read-borg";
import { readDirectory } from "./read-directory";
import { readDuplicati } from "./read-duplicati";
import { readRepository } from "./read-restic";
import { readScript } from "./read-script";
import { reportJob } from "./report-job";
import { refuseForbiddenHost } from "./repository-host";
import type { Context } from "./run-tool";

export default definePlugin({
  id: "backup",
  name: "Backup",
  summary: "Whether the newest backup is recent, not empty and readable: restic, Borg, Duplicati, folders, scripts.",
  category: "storage",
  tier: 1,
  kind: "host",
  needs: [
    "For restic: apt install restic, and read access to the repository",
    "For Borg: apt install borgbackup, and read access to the repository",
    "For Duplicati: 2.1 or later, and the password of its web page",
  ],
  intervalSeconds: 900,
  minIntervalSeconds: 60,
  // A check of the repository may take five minutes, and adding up two.
  timeoutMs: 600_000,
  config,
  metrics,
  alerts,
  board: [
    meter("backup_last_success_age_seconds", "Newest backup", { warn: 93_600, bad: 172_800 }),
    meter("backup_last_size_bytes", "Size", { combine: "sum" }),
    states("backup_healthy", "Backups", "job"),
    table({
      title: "Backups",
      by: "job",
      columns: [
        { metric: "backup_last_success_age_seconds", title: "Age" },
        { metric: "backup_last_run_ok", title: "Last run" },
        { metric: "backup_last_size_bytes", title: "Size" },
        { metric: "backup_size_change_ratio", title: "Of the usual" },
        { metric: "backup_snapshots", title: "Kept" },
        { metric: "backup_last_duration_seconds", title: "Took" },
        { metric: "backup_check_ok", title: "Checked" },
      ],
      limit: 200,
    }),
    table({
      title: "Repositories",
      by: "job",
      columns: [
        { metric: "backup_repository_size_bytes", title: "Space taken" },
        { metric: "backup_repository_free_bytes", title: "Space left" },
        { metric: "backup_repository_reachable", title: "Readable" },
      ],
    }),
    chart("Age of the newest", ["backup_last_success_age_seconds"]),
    chart("Size", ["backup_last_size_bytes", "backup_source_size_bytes"]),
    chart("Space taken", ["backup_repository_size_bytes"]),
    chart("Kept", ["backup_snapshots"]),
  ],
  help: {
    auth: "Check the password of the repository, or of Duplicati's web page.",
    not_found: "Check the path, and that the disk or share it is on is mounted.",
    permission: "Let the user Unity runs as read the repository.",
    missing_tool: "Install restic or borgbackup on this machine; a script must be in /usr/local/bin.",
    timeout: "The repository is slow or gone: try the same on the command line, or name a cache folder.",
    unreachable: "Check that the machine with the repository runs, and its network.",
    unsupported_version: "restic 0.12, Borg 1.1 and Duplicati 2.1 are the oldest that work.",
    rate_limited: "Another restic or borg works on the repository; it is read again at the next run.",
  },
  discover,
  target: placeJob,
  async collect(context, report) {
    const read = await readJobs(context, report);
    for (const job of read.jobs) reportJob(report, job, context.config, context.now);
    report("backup_truncated", read.truncated ? 1 : 0);
    report.inventory({ facts: { kind: context.config.type, ...read.facts }, lists: read.lists });
  },
});

async function readJobs(context: Context, report: Report<typeof metrics>): Promise<Read> {
  try {
    return await readBy(context, report);
  } catch (error) {
    const { type } = context.config;
    const isPlace = type === "restic" || type === "borg" || type === "directory";
    // What is said before a failure is kept. Without the tool nothing is known of the repository.
    if (isPlace && error instanceof CollectError && error.reason !== "missing_tool")
      report("backup_repository_reachable", 0, { job: nameJob(context.config), type });
    throw error;
  }
}

async function readBy(context: Context, report: Report<typeof metrics>): Promise<Read> {
  switch (context.config.type) {
    case "restic":
      await refuseForbiddenHost(context);
      return readRepository(context, report);
    case "borg":
      await refuseForbiddenHost(context);
      return readBorgRepository(context, report);
    case "duplicati":
      return readDuplicati(context, report);
    case "directory":
      return readDirectory(context, report);
    case "script":
      return readScript(context);
    default:
      return context.config.type satisfies never;
  }
}
