import type { Metrics } from "../sdk";

const perSource = { labels: ["source"] } as const;
const count = { kind: "counter", unit: "count" } as const;

export const metrics = {
  log_matches_total: {
    ...count,
    labels: ["source", "pattern", "severity"],
    description: "Lines that have the pattern, since Unity started.",
  },
  log_lines_total: { ...count, ...perSource, description: "Lines that were read." },
  log_bytes_total: { kind: "counter", unit: "bytes", ...perSource, description: "Bytes of these lines." },
  log_priority_lines_total: {
    ...count,
    labels: ["source", "priority"],
    description: "Entries of the journal by their priority.",
  },
  log_extracted_total: {
    ...count,
    labels: ["source", "pattern", "value"],
    description: "Lines by the value of the pattern's named group. After 50 values the others are counted as other.",
  },
  log_lines_dropped_total: {
    ...count,
    labels: ["source", "reason"],
    description:
      "Lines longer than the limit, of which the end was not looked at (too_long); that make the patterns too much work (too_costly); and files that were gone before they were read to their end (lost).",
  },
  log_rotations_total: { ...count, ...perSource, description: "Times a file was renamed or emptied." },
  log_last_line_timestamp_seconds: {
    ...perSource,
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the source got its last line. Of a file, when it was last written to.",
  },
  log_last_match_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["source", "pattern"],
    description: "When a line had the pattern last. Of a file, when the line was read.",
  },
  log_file_bytes: { ...perSource, kind: "gauge", unit: "bytes", description: "Size of the file, or of all together." },
  log_file_missing: { ...perSource, kind: "gauge", unit: "bool", description: "1 when there is no file at the path." },
  log_files_truncated: {
    ...perSource,
    kind: "gauge",
    unit: "bool",
    description: "1 when the pattern finds more files than the limit, so that some are not read.",
  },
  log_lag_bytes: {
    ...perSource,
    kind: "gauge",
    unit: "bytes",
    description: "What was not read yet: a line without an end, or more than one run may read.",
  },
  log_silent: {
    ...perSource,
    kind: "gauge",
    unit: "bool",
    description: "1 when no line came for longer than the source's setting. Absent without one.",
  },
  log_errors_recent: {
    ...perSource,
    kind: "gauge",
    unit: "count",
    description: "Lines with a pattern of the severity error in the last five minutes.",
  },
  log_errors_burst: {
    ...perSource,
    kind: "gauge",
    unit: "count",
    description: "From here on it is a burst: five times the usual of the last hour, and 50 at least.",
  },
} as const satisfies Metrics;
