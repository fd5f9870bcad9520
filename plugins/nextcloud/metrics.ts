import type { Metrics } from "../sdk";

/** Asking for updates makes Nextcloud ask the app store. */
export const UPDATE_SECONDS = 21_600;

const gauge = { kind: "gauge", unit: "count" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;

export const metrics = {
  nextcloud_maintenance: {
    ...bool,
    description: "1 in maintenance mode: nobody can use it, and nothing else is told.",
  },
  nextcloud_needs_db_upgrade: { ...bool, description: "1 when an update was installed and occ upgrade was not run." },
  nextcloud_users: { ...gauge, description: "Users who have logged in at least once." },
  nextcloud_active_users: {
    ...gauge,
    labels: ["window"],
    description: "Users who logged in or synchronised within the window.",
  },
  nextcloud_files: { ...gauge, description: "Files of all users; Nextcloud counts them every three hours." },
  nextcloud_storages: {
    ...gauge,
    labels: ["kind"],
    description: "Storages: home, local, and other as mounted from outside.",
  },
  nextcloud_shares: { ...gauge, labels: ["kind"], description: "Shares by whom they are for." },
  nextcloud_shares_link_no_password: { ...gauge, description: "Links without a password: whoever knows one gets in." },
  nextcloud_free_bytes: { ...bytes, description: "Free space where the data is." },
  nextcloud_database_size_bytes: { ...bytes, description: "Size of the database." },
  nextcloud_cpu_load: { ...gauge, labels: ["window"], description: "Load average of its machine." },
  nextcloud_memory_total_bytes: { ...bytes, description: "Memory of its machine." },
  nextcloud_memory_free_bytes: { ...bytes, description: "Available memory of its machine." },
  nextcloud_app_updates_available: {
    ...gauge,
    everySeconds: UPDATE_SECONDS,
    description: "Apps for which there is an update.",
  },
  nextcloud_update_available: {
    ...bool,
    everySeconds: UPDATE_SECONDS,
    description: "1 when there is an update of Nextcloud itself.",
  },
  nextcloud_php_memory_limit_bytes: { ...bytes, description: "PHP's limit of memory for one request. Absent without." },
  nextcloud_opcache_hit_ratio: {
    kind: "gauge",
    unit: "ratio",
    min: 0,
    max: 1,
    description: "Share of PHP files that were compiled already.",
  },
  nextcloud_response_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "How long Nextcloud took to answer this.",
  },
  nextcloud_info: {
    kind: "info",
    unit: "count",
    labels: ["version", "php", "db_type", "db_version"],
    description: "Versions of Nextcloud, PHP and the database.",
  },
} as const satisfies Metrics;
