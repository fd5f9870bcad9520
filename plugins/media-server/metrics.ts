import type { Metrics } from "../sdk";

/** The longest interval that can be set for libraries: staleness must not come before it. Seconds. */
const LIBRARY_SECONDS = 86_400;

const count = { kind: "gauge", unit: "count" } as const;
const yes = { kind: "gauge", unit: "bool" } as const;

export const metrics = {
  media_streams: { ...count, labels: ["state"], description: "Streams by state: playing (also buffering) or paused." },
  media_streams_by_method: {
    ...count,
    labels: ["method"],
    description: "Streams by how they are sent: as they are, in another container, or transcoded.",
  },
  media_transcodes_hardware: { ...count, description: "Videos that a graphics unit transcodes." },
  media_transcodes_software: { ...count, description: "Videos that the processor transcodes." },
  media_software_fallbacks: {
    ...count,
    description: "Videos that the processor transcodes although hardware is set up. Only with that setting.",
  },
  media_transcode_speed_ratio: {
    kind: "gauge",
    unit: "ratio",
    description:
      "Speed of the slowest transcode that runs: below 1 it does not keep up. Plex; absent while it rests ahead.",
  },
  media_stream_bandwidth_bits_per_second: {
    kind: "gauge",
    unit: "bits_per_second",
    labels: ["location"],
    description:
      "Bandwidth of the streams, inside and outside the own network. Jellyfin and Emby tell it of transcodes only.",
  },
  media_sessions: { ...count, description: "Clients that were active in the last 16 minutes. Jellyfin and Emby." },
  media_library_items: {
    ...count,
    labels: ["library", "kind"],
    everySeconds: LIBRARY_SECONDS,
    description: "Items by kind, of each library for Plex, of all for Jellyfin and Emby.",
  },
  media_library_scanning: {
    ...yes,
    labels: ["library"],
    description: "1 while a library is looked through for changes; all of them at once for Jellyfin and Emby.",
  },
  media_library_free_bytes: {
    kind: "gauge",
    unit: "bytes",
    labels: ["library"],
    everySeconds: LIBRARY_SECONDS,
    description: "Space left where a library is, of its fullest folder. Jellyfin from 10.11 on.",
  },
  media_libraries_truncated: {
    ...yes,
    everySeconds: LIBRARY_SECONDS,
    description: "1 when there were more libraries than the limit.",
  },
  media_tasks_failed: { ...count, description: "Scheduled tasks whose last run failed. Jellyfin and Emby." },
  media_update_available: { ...yes, description: "1 when a newer version can be had. Plex and Emby." },
  media_restart_pending: { ...yes, description: "1 when the server wants to be restarted. Jellyfin and Emby." },
  media_response_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "How long the server took to say who it is.",
  },
  media_info: { kind: "info", unit: "count", labels: ["type", "version", "platform"], description: "The server." },
} as const satisfies Metrics;
