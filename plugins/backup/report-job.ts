import type { Report } from "../sdk";
import type { Config } from "./config";
import type { Job } from "./job";
import type { metrics } from "./metrics";

type Reported = Report<typeof metrics>;
type Plain = Exclude<keyof typeof metrics, "backup_repository_locks" | "backup_truncated">;

export function reportJob(
  report: Reported,
  job: Job,
  { maxAgeSeconds }: Pick<Config, "maxAgeSeconds">,
  now: number,
): void {
  const labels = { job: job.name, type: job.type };
  const tell = (metric: Plain, value: number | boolean | undefined) => {
    if (value !== undefined) report(metric, Number(value), labels);
  };
  const ageSeconds = job.lastSuccessAt === undefined ? undefined : Math.max(0, (now - job.lastSuccessAt) / 1_000);
  tell("backup_healthy", isHealthy(job, ageSeconds, maxAgeSeconds));
  tell("backup_last_success_timestamp_seconds", seconds(job.lastSuccessAt));
  tell("backup_last_success_age_seconds", ageSeconds);
  if (job.isHistoryKnown !== false) tell("backup_never_succeeded", job.lastSuccessAt === undefined);
  tell("backup_last_run_ok", job.lastRunOk);
  tell("backup_last_run_timestamp_seconds", seconds(job.lastRunAt));
  tell("backup_last_duration_seconds", job.durationSeconds);
  tell("backup_snapshots", job.snapshots);
  tell("backup_last_size_bytes", job.sizeBytes);
  tell("backup_last_added_bytes", job.addedBytes);
  tell("backup_last_files", job.files);
  tell("backup_source_size_bytes", job.sourceBytes);
  tell("backup_repository_size_bytes", job.repositoryBytes);
  tell("backup_repository_free_bytes", job.freeBytes);
  tell("backup_repository_reachable", job.isReachable);
  tell("backup_check_ok", job.check?.ok);
  tell("backup_check_timestamp_seconds", seconds(job.check?.at));
  tell("backup_size_change_ratio", job.sizeChangeRatio);
  if (job.locks) {
    report("backup_repository_locks", job.locks.stale, { ...labels, stale: "true" });
    report("backup_repository_locks", job.locks.active, { ...labels, stale: "false" });
  }
}

const isHealthy = ({ lastRunOk, check }: Job, ageSeconds: number | undefined, maxAgeSeconds: number) =>
  ageSeconds !== undefined && ageSeconds <= maxAgeSeconds && lastRunOk !== false && check?.ok !== false;

const seconds = (at: number | undefined) => (at === undefined ? undefined : at / 1_000);
