import type { Metrics } from "../sdk";

/** Listing tens of thousands of snapshots takes seconds. */
export const SNAPSHOT_SECONDS = 300;

const perPool = { kind: "gauge", labels: ["pool"] } as const;
const perDataset = { kind: "gauge", labels: ["dataset"] } as const;

export const metrics = {
  storage_pool_healthy: {
    kind: "gauge",
    unit: "bool",
    labels: ["pool", "fs"],
    description: "1 when the pool is whole: ONLINE, no device missing, not forced to read-only.",
  },
  storage_pool_state: {
    kind: "gauge",
    unit: "bool",
    labels: ["pool", "state"],
    description: "Always 1; the label is the pool's state in ZFS's words. Btrfs: ONLINE, DEGRADED or READONLY.",
  },
  storage_pool_size_bytes: {
    ...perPool,
    unit: "bytes",
    description: "Size of the pool. Btrfs: of all its devices together, absent while one is missing.",
  },
  storage_pool_allocated_bytes: {
    ...perPool,
    unit: "bytes",
    description: "ZFS: space in use. Btrfs: space of the devices given to data or metadata, full or not.",
  },
  storage_pool_free_bytes: {
    ...perPool,
    unit: "bytes",
    description: "ZFS: free space of the pool. Btrfs: what can still be written, as df says it.",
  },
  storage_pool_used_ratio: { ...perPool, unit: "ratio", min: 0, max: 1, description: "Share of the space in use." },
  storage_pool_fragmentation_ratio: {
    ...perPool,
    unit: "ratio",
    min: 0,
    max: 1,
    description: "How broken up the free space of a ZFS pool is.",
  },
  storage_pool_unallocated_bytes: {
    ...perPool,
    unit: "bytes",
    description: "Btrfs: space of the devices not yet given to data or metadata. Absent while one is missing.",
  },
  storage_pool_metadata_used_ratio: {
    ...perPool,
    unit: "ratio",
    min: 0,
    max: 1,
    description: "Btrfs: share in use of the space given to metadata.",
  },
  storage_pool_metadata_short: {
    ...perPool,
    unit: "bool",
    description: "Btrfs: 1 when metadata is over 80 % full and under 5 % of the space is left to extend it.",
  },
  storage_pool_devices_missing: { ...perPool, unit: "count", description: "Devices that belong to it and are gone." },
  storage_vdev_errors_total: {
    kind: "counter",
    unit: "count",
    labels: ["pool", "device", "kind"],
    description: "Errors of a device since they were last cleared.",
  },
  storage_vdev_healthy: {
    kind: "gauge",
    unit: "bool",
    labels: ["pool", "device"],
    description: "1 when the device, mirror or raidz group works. One taken offline counts as not healthy.",
  },
  storage_pool_data_errors: {
    ...perPool,
    unit: "count",
    description: "ZFS: pieces of data that are lost for good, in files or metadata.",
  },
  storage_scrub_last_timestamp_seconds: {
    ...perPool,
    unit: "timestamp_seconds",
    description: "When the last scrub that finished ended.",
  },
  storage_scrub_age_seconds: { ...perPool, unit: "seconds", description: "How long ago the last scrub finished." },
  storage_scrub_errors: {
    kind: "gauge",
    unit: "count",
    labels: ["pool", "kind"],
    description: "What the last scrub found: by kind for Btrfs, and how much of it was corrected or could not be.",
  },
  storage_scrub_running: { ...perPool, unit: "bool", description: "1 while a scrub runs; a paused one does not." },
  storage_resilver_running: {
    ...perPool,
    unit: "bool",
    description: "1 while a device is filled anew: a ZFS resilver, or a Btrfs replace.",
  },
  storage_scan_progress_ratio: {
    ...perPool,
    unit: "ratio",
    min: 0,
    description: "How far the running scrub or resilver is. It may pass 1 while data is written.",
  },
  storage_compress_ratio: {
    ...perDataset,
    unit: "ratio",
    description: "How many times smaller compression made the data: 1.42 is 30 % saved.",
  },
  storage_dedup_ratio: {
    ...perPool,
    unit: "ratio",
    description: "How many times smaller deduplication made the data of a ZFS pool.",
  },
  storage_dataset_used_bytes: {
    ...perDataset,
    unit: "bytes",
    description: "Space of the dataset with everything below it and its snapshots.",
  },
  storage_dataset_available_bytes: { ...perDataset, unit: "bytes", description: "What can still be written to it." },
  storage_dataset_snapshots_bytes: { ...perDataset, unit: "bytes", description: "Space only its snapshots hold." },
  storage_dataset_quota_bytes: { ...perDataset, unit: "bytes", description: "Its quota. Absent without one." },
  storage_snapshots: {
    ...perDataset,
    unit: "count",
    everySeconds: SNAPSHOT_SECONDS,
    description: "Snapshots of the dataset itself.",
  },
  storage_snapshot_newest_age_seconds: {
    ...perDataset,
    unit: "seconds",
    everySeconds: SNAPSHOT_SECONDS,
    description: "Age of its newest snapshot. Absent without one.",
  },
  storage_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more pools, devices or datasets than the limit.",
  },
  zfs_arc_size_bytes: { kind: "gauge", unit: "bytes", description: "Memory ZFS uses as its cache (ARC)." },
  zfs_arc_max_bytes: { kind: "gauge", unit: "bytes", description: "What the cache may grow to." },
  zfs_arc_hits_total: { kind: "counter", unit: "count", description: "Reads answered from the cache." },
  zfs_arc_misses_total: { kind: "counter", unit: "count", description: "Reads that had to go to the disks." },
} as const satisfies Metrics;
