import type { Metrics } from "../sdk";

/** How often repositories are looked through. Seconds. */
export const SCAN_SECONDS = 900;

const count = { kind: "gauge", unit: "count" } as const;
const scanned = { ...count, everySeconds: SCAN_SECONDS } as const;

export const metrics = {
  git_healthy: {
    kind: "gauge",
    unit: "bool",
    labels: ["check"],
    description: "1 when one of the server's own checks passes: its database, cache and others.",
  },
  git_repositories: { ...scanned, labels: ["visibility"], description: "Repositories: public, internal, private." },
  git_repositories_archived: { ...scanned, description: "Repositories that are archived." },
  git_repositories_truncated: {
    kind: "gauge",
    unit: "bool",
    everySeconds: SCAN_SECONDS,
    description: "1 when there were more repositories than are looked through or listed one by one.",
  },
  git_users: { ...count, description: "Accounts." },
  git_organizations: { ...count, description: "Organizations; groups for GitLab." },
  git_issues_open: { ...scanned, description: "Open issues of all repositories." },
  git_pull_requests_open: { ...scanned, description: "Open pull requests, or merge requests, of all repositories." },
  git_mirrors: { ...scanned, description: "Repositories that follow another one." },
  git_mirror_stale: {
    ...scanned,
    description: "Mirrors that were not updated for twice the time they should be. Gitea and Forgejo.",
  },
  git_repository_size_bytes: {
    kind: "gauge",
    unit: "bytes",
    labels: ["repository"],
    everySeconds: SCAN_SECONDS,
    description: "Size of each of the largest repositories.",
  },
  git_storage_bytes: {
    kind: "gauge",
    unit: "bytes",
    everySeconds: SCAN_SECONDS,
    description: "Size of all repositories together.",
  },
  git_hook_tasks: {
    ...count,
    description: "Calls of webhooks that are kept. Gitea and Forgejo, with a metrics token.",
  },
  git_cron_last_run_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["task"],
    description: "When a scheduled task last ran. Gitea and Forgejo, with an administrator's token.",
  },
  git_runners: { ...count, labels: ["status"], description: "Runners of jobs by status." },
  git_response_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "How long the server took to say how it is.",
  },
  git_info: { kind: "info", unit: "count", labels: ["type", "version"], description: "The server." },
} as const satisfies Metrics;
