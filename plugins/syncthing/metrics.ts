import type { Metrics } from "../sdk";

/** The longest interval that can be set for folders: staleness must not come before it. Seconds. */
const STATUS_SECONDS = 900;

const folder = { kind: "gauge", labels: ["folder"], everySeconds: STATUS_SECONDS } as const;
const device = { kind: "gauge", labels: ["device"] } as const;
const counter = { kind: "counter", unit: "bytes", labels: ["device"] } as const;
const yes = { kind: "gauge", unit: "bool" } as const;

export const metrics = {
  syncthing_folder_completion_ratio: {
    ...folder,
    unit: "ratio",
    description: "How much of a folder is here. What only waits to be deleted counts as 5 %, as Syncthing shows it.",
  },
  syncthing_folder_state: {
    kind: "gauge",
    unit: "bool",
    labels: ["folder", "state"],
    everySeconds: STATUS_SECONDS,
    description: "1 for what a folder does: idle, scanning, syncing, error and others.",
  },
  syncthing_folder_error: { ...folder, unit: "bool", description: "1 when an error has stopped a folder." },
  syncthing_folder_need_bytes: { ...folder, unit: "bytes", description: "Bytes that are still to come." },
  syncthing_folder_need_items: {
    ...folder,
    unit: "count",
    description: "Files, folders and deletions that are still to come.",
  },
  syncthing_folder_global_bytes: {
    ...folder,
    unit: "bytes",
    description: "Size of the folder as all devices know it.",
  },
  syncthing_folder_local_bytes: { ...folder, unit: "bytes", description: "Size of what is here." },
  syncthing_folder_pull_errors: {
    ...folder,
    unit: "count",
    description: "Items that could not be brought here, for instance for want of a permission or of space.",
  },
  syncthing_folder_receive_only_changes: {
    ...folder,
    unit: "count",
    description: "Items changed here in a folder that only receives: they go nowhere.",
  },
  syncthing_folder_waiting_seconds: {
    ...folder,
    unit: "seconds",
    description: "How long what a folder needs has not become less. Absent when it needs nothing.",
  },
  syncthing_folder_last_scan_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["folder"],
    description: "When a folder was last looked through for changes. Absent before the first time.",
  },
  syncthing_folder_paused: { ...yes, labels: ["folder"], description: "1 when a folder is paused." },
  syncthing_folders_truncated: { ...yes, description: "1 when there were more folders than the limit." },
  syncthing_device_connected: {
    ...yes,
    labels: ["device"],
    description: "1 when a device is connected. Absent while it is paused.",
  },
  syncthing_device_last_seen_timestamp_seconds: {
    ...device,
    unit: "timestamp_seconds",
    description: "When a device was last connected. Absent when it never was.",
  },
  syncthing_device_gone: {
    ...device,
    unit: "bool",
    description: "1 when a device that was seen before has not been for so many days as set, and is not paused.",
  },
  syncthing_device_completion_ratio: {
    ...device,
    unit: "ratio",
    everySeconds: STATUS_SECONDS,
    description: "How much of the folders shared with a device is there.",
  },
  syncthing_device_relayed: {
    ...device,
    unit: "bool",
    description: "1 when a device is connected through a relay, which is slow.",
  },
  syncthing_devices: {
    kind: "gauge",
    unit: "count",
    labels: ["state"],
    description: "Other devices by state: connected, disconnected, paused.",
  },
  syncthing_devices_truncated: { ...yes, description: "1 when there were more devices than the limit." },
  syncthing_received_bytes_total: { ...counter, description: "Bytes received from a device while it is connected." },
  syncthing_sent_bytes_total: { ...counter, description: "Bytes sent to a device while it is connected." },
  syncthing_errors: {
    kind: "gauge",
    unit: "count",
    description: "Errors Syncthing shows and nobody has dismissed, since its start.",
  },
  syncthing_listener_ok: { ...yes, labels: ["listener"], description: "1 when Syncthing listens on an address." },
  syncthing_discovery_ok: {
    ...yes,
    labels: ["method"],
    description: "1 when a way to find other devices works: a server, or the own network.",
  },
  syncthing_memory_bytes: { kind: "gauge", unit: "bytes", description: "Memory Syncthing has taken from the system." },
  syncthing_uptime_seconds: { kind: "gauge", unit: "seconds", description: "Time since Syncthing started." },
  syncthing_info: { kind: "info", unit: "count", labels: ["version", "id"], description: "Version and own device id." },
} as const satisfies Metrics;
