import type { Metrics } from "../sdk";

const count = { kind: "gauge", unit: "count" } as const;
const bytes = { kind: "gauge", unit: "bytes" } as const;
const speed = { kind: "gauge", unit: "bytes_per_second" } as const;
const yes = { kind: "gauge", unit: "bool" } as const;

export const metrics = {
  download_items: {
    ...count,
    labels: ["state"],
    description:
      "Items by state, of the states the program knows. Seeding is finished and shared; stalled is a download no data comes in for.",
  },
  download_speed_bytes_per_second: { ...speed, description: "What comes in, of all items." },
  upload_speed_bytes_per_second: { ...speed, description: "What goes out, of all items." },
  download_bytes_total: {
    kind: "counter",
    unit: "bytes",
    description: "Bytes received: of all time where the program keeps it, else since its start.",
  },
  upload_bytes_total: {
    kind: "counter",
    unit: "bytes",
    description: "Bytes sent: of all time where the program keeps it, else since its start.",
  },
  download_queue_remaining_bytes: {
    ...bytes,
    description: "Bytes still to come of the items that are not finished, paused or failed.",
  },
  download_eta_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "Time for the remaining bytes at the speed of now. Absent when nothing remains or nothing comes in.",
  },
  download_free_bytes: { ...bytes, labels: ["path"], description: "Space left where downloads go." },
  download_capacity_bytes: { ...bytes, labels: ["path"], description: "Size of the file system they go to." },
  download_paused: { ...yes, description: "1 when the whole program is paused." },
  download_connection_ok: {
    ...yes,
    description: "1 when others can connect to qBittorrent; 0 behind a firewall or without a network.",
  },
  download_stuck: { ...yes, description: "1 when downloads are stalled and nothing comes in at all." },
  download_peers: { ...count, description: "Peers connected, of all torrents." },
  download_dht_nodes: { ...count, description: "Nodes of the distributed hash table that are known." },
  download_ratio: {
    kind: "gauge",
    unit: "ratio",
    description: "Bytes sent for each byte received, of all time. Absent before anything was received.",
  },
  download_history_failed: { ...count, description: "Failed ones among the last 50 of the history." },
  download_warnings: { ...count, description: "Warnings the program shows, or torrents whose tracker gives one." },
  download_quota_remaining_bytes: { ...bytes, description: "What is left of SABnzbd's quota. Absent without one." },
  download_item_progress_ratio: {
    kind: "gauge",
    unit: "ratio",
    labels: ["item"],
    description: "How much of an item is done.",
  },
  download_items_truncated: {
    ...yes,
    description: "1 when there were more items than the limit, so that some are not named.",
  },
  download_info: { kind: "info", unit: "count", labels: ["type", "version"], description: "The program." },
} as const satisfies Metrics;
