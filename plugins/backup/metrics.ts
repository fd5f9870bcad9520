import type { Metrics } from "../sdk";

const labels = ["job", "type"] as const;
const gauge = { kind: "gauge", labels } as const;
const bytes = { kind: "gauge", unit: "bytes", labels } as const;
const flag = { kind: "gauge", unit: "bool", labels } as const;

export const metrics = {
  backup_healthy: {
    ...flag,
    description: "1 when the last success is recent enough, and neither the last run nor the last check failed.",
  },
  backup_last_success_timestamp_seconds: {
    ...gauge,
    unit: "timestamp_seconds",
    description: "When the newest good backup was made. Absent when there is none.",
  },
  backup_last_success_age_seconds: { ...gauge, unit: "seconds", description: "Time since then." },
  backup_never_succeeded: { ...flag, description: "1 when the place can be read and holds no backup." },
  backup_last_run_ok: {
    ...flag,
    description: "0 when the last run failed. Absent where only successes leave a trace.",
  },
  backup_last_run_timestamp_seconds: { ...gauge, unit: "timestamp_seconds", description: "When the last run began." },
  backup_last_duration_seconds: { ...gauge, unit: "seconds", description: "How long the last backup took." },
  backup_snapshots: { ...gauge, unit: "count", description: "Backups that are kept." },
  backup_last_size_bytes: { ...bytes, description: "Size of what the newest backup holds." },
  backup_last_added_bytes: { ...bytes, description: "What the newest backup added to the repository." },
  backup_last_files: { ...gauge, unit: "count", description: "Files in the newest backup." },
  backup_source_size_bytes: { ...bytes, description: "Size of what is backed up." },
  backup_repository_size_bytes: { ...bytes, description: "Space that all backups take." },
  backup_repository_free_bytes: { ...bytes, description: "Space left for them, where it is told." },
  backup_repository_reachable: { ...flag, description: "1 when the repository or folder can be read." },
  backup_repository_locks: {
    kind: "gauge",
    unit: "count",
    labels: ["job", "type", "stale"],
    description: "Locks on the repository. Stale: left behind by a run that died, so that others may be kept out.",
  },
  backup_check_ok: { ...flag, description: "What the last check of the repository found." },
  backup_check_timestamp_seconds: { ...gauge, unit: "timestamp_seconds", description: "When that check was made." },
  backup_size_change_ratio: {
    ...gauge,
    unit: "ratio",
    description: "Size of the newest backup by the median of up to five before it: a fall tells of an emptied source.",
  },
  backup_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there are more backups or files than the limit, so that some were not looked at.",
  },
} as const satisfies Metrics;
