import type { Metrics } from "../sdk";

/** How often space, inodes and arrays are read, and the list of devices. Seconds. */
export const SPACE_SECONDS = 60;
export const DEVICE_SECONDS = 600;

const perMount = { kind: "gauge", labels: ["mount", "device", "fstype"], everySeconds: SPACE_SECONDS } as const;
const perDevice = { kind: "counter", labels: ["device"] } as const;
const perArray = { kind: "gauge", labels: ["array"], everySeconds: SPACE_SECONDS } as const;

export const metrics = {
  disk_size_bytes: { ...perMount, unit: "bytes", description: "Size of the file system." },
  disk_available_bytes: { ...perMount, unit: "bytes", description: "Free for users without privileges." },
  disk_used_bytes: { ...perMount, unit: "bytes", description: "In use." },
  disk_used_ratio: {
    ...perMount,
    unit: "ratio",
    description: "In use, of what users without privileges could use: what df prints.",
    min: 0,
    max: 1,
  },
  disk_inodes: { ...perMount, unit: "count", description: "Files the file system has room for." },
  disk_inodes_free: { ...perMount, unit: "count", description: "Files that can still be made." },
  disk_inodes_used_ratio: {
    ...perMount,
    unit: "ratio",
    description: "Inodes in use. At 1 no file can be made, however much space is free.",
    min: 0,
    max: 1,
  },
  disk_readonly: {
    ...perMount,
    unit: "bool",
    description: "1 when the file system is mounted read-only, or the kernel made it so after an error.",
  },
  disk_stat_failed: {
    ...perMount,
    unit: "bool",
    description: "1 when the file system did not say how full it is: a server that is gone, or no permission.",
  },
  disk_mounts_truncated: {
    kind: "gauge",
    unit: "bool",
    everySeconds: SPACE_SECONDS,
    description: "1 when there were more file systems than the limit, so that some are not shown.",
  },
  disk_read_bytes_total: { ...perDevice, unit: "bytes", description: "Bytes read from the device." },
  disk_written_bytes_total: { ...perDevice, unit: "bytes", description: "Bytes written to the device." },
  disk_reads_total: { ...perDevice, unit: "count", description: "Reads the device completed." },
  disk_writes_total: { ...perDevice, unit: "count", description: "Writes the device completed." },
  disk_io_time_seconds_total: {
    ...perDevice,
    unit: "seconds",
    description: "Time with at least one request under way: how busy the device is.",
  },
  disk_read_time_seconds_total: { ...perDevice, unit: "seconds", description: "Time spent on all reads together." },
  disk_write_time_seconds_total: { ...perDevice, unit: "seconds", description: "Time spent on all writes together." },
  disk_io_weighted_seconds_total: {
    ...perDevice,
    unit: "seconds",
    description: "Time spent on all requests together: its rate is the mean length of the queue.",
  },
  disk_io_in_flight: { kind: "gauge", unit: "count", labels: ["device"], description: "Requests under way." },
  disk_devices_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more devices than the limit, so that some are not shown.",
  },
  raid_degraded_disks: { ...perArray, unit: "count", description: "Disks the array lacks." },
  raid_healthy: {
    ...perArray,
    unit: "bool",
    description: "1 when the array runs with all its disks. A check or first sync does not make it unhealthy.",
  },
  raid_sync_progress_ratio: {
    ...perArray,
    unit: "ratio",
    description: "How far the running rebuild, resync or check is. Absent when none runs.",
    min: 0,
    max: 1,
  },
  raid_mismatches: {
    ...perArray,
    unit: "count",
    description: "Sectors whose copies differed at the last check.",
  },
  disk_info: {
    kind: "info",
    unit: "count",
    labels: ["device", "model"],
    everySeconds: SPACE_SECONDS,
    description: "Model of the device, where it tells.",
  },
} as const satisfies Metrics;
