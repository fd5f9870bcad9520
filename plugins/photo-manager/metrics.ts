import type { Metrics } from "../sdk";

const count = { kind: "gauge", unit: "count" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;
const yes = { kind: "gauge", unit: "bool" } as const;

export const metrics = {
  photos_assets: { ...count, labels: ["kind"], description: "Photos, videos and, of PhotoPrism, other kinds." },
  photos_usage_bytes: {
    ...bytes,
    labels: ["kind"],
    description: "Space the originals take: photos and videos, or all where the program does not tell them apart.",
  },
  photos_user_usage_bytes: { ...bytes, labels: ["user"], description: "Space a user's originals take. Immich." },
  photos_user_assets: { ...count, labels: ["user"], description: "Photos and videos of a user. Immich." },
  photos_user_quota_bytes: {
    ...bytes,
    labels: ["user"],
    description: "Space a user may take. Immich; absent without a limit.",
  },
  photos_users_truncated: { ...yes, description: "1 when there were more users than the limit." },
  photos_disk_size_bytes: { ...bytes, description: "Size of the file system the library is on, or of the quota." },
  photos_disk_free_bytes: { ...bytes, description: "Space left there." },
  photos_disk_used_ratio: { kind: "gauge", unit: "ratio", description: "How full it is." },
  photos_jobs: {
    ...count,
    labels: ["queue", "state"],
    description: "Jobs by queue: active, waiting, delayed, or held because the queue is paused. Immich.",
  },
  photos_jobs_failed: { ...count, labels: ["queue"], description: "Failed jobs a queue still keeps. Immich." },
  photos_jobs_stuck: {
    ...count,
    labels: ["queue"],
    description: "Jobs that wait although none of the queue runs and it is not paused. Immich.",
  },
  photos_queue_paused: { ...yes, labels: ["queue"], description: "1 when a queue is paused. Immich." },
  photos_albums: { ...count, description: "Albums. PhotoPrism." },
  photos_folders: { ...count, description: "Folders. PhotoPrism." },
  photos_files: { ...count, description: "Files. PhotoPrism." },
  photos_update_available: { ...yes, description: "1 when there is a newer version. Immich." },
  photos_response_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "How long the program took to say that it is there.",
  },
  photos_info: { kind: "info", unit: "count", labels: ["type", "version"], description: "The program." },
} as const satisfies Metrics;
