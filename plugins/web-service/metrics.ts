import type { Metrics } from "../sdk";

const labels = ["endpoint"] as const;

export const metrics = {
  endpoints_up_ratio: {
    kind: "gauge",
    unit: "ratio",
    description: "Part of the instance's endpoints that are up.",
    min: 0,
    max: 1,
  },
  endpoint_up: {
    kind: "gauge",
    unit: "bool",
    labels,
    description: "1 when the endpoint answered as expected, whatever its kind.",
  },
  endpoint_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "Time until the answer was complete (HTTP), the connection stood (TCP) or the echo came (ping).",
  },
  http_probe_success: {
    kind: "gauge",
    unit: "bool",
    labels,
    description: "1 when the answer came and was as expected: status, content, headers, JSON.",
  },
  http_probe_status_code: { kind: "gauge", unit: "count", labels, description: "Status code of the last answer." },
  http_probe_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "From the name's resolution to the last byte, redirects included. Absent when there was no answer.",
  },
  http_probe_phase_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels: ["endpoint", "phase"],
    description: "Phases of the last request: dns, connect, tls, ttfb (from request to first byte) and transfer.",
  },
  http_probe_response_bytes: {
    kind: "gauge",
    unit: "bytes",
    labels,
    description:
      "Size of the answer's content after unpacking. Absent when it is unknown: endless, or binary of no told size.",
  },
  http_probe_redirects: { kind: "gauge", unit: "count", labels, description: "Redirects that were followed." },
  http_probe_content_match: {
    kind: "gauge",
    unit: "bool",
    labels,
    description: "1 when the content is as expected. Only where something is expected of it.",
  },
  http_probe_assertions_failed: {
    kind: "gauge",
    unit: "count",
    labels,
    description: "Expectations of headers and JSON that do not hold. Only where there are any.",
  },
  http_probe_tls: { kind: "gauge", unit: "bool", labels, description: "1 when the final answer came over TLS." },
  http_probe_certificate_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels,
    description: "When the server's certificate expires, also when it was refused.",
  },
  http_probe_certificate_remaining_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "Time until the server's certificate expires; negative when it has.",
  },
  http_probe_certificate_warning_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description:
      "The alert's threshold: the days of the settings, or a third of the certificate's life when that is less.",
  },
  http_probe_ip_version: {
    kind: "gauge",
    unit: "count",
    labels,
    description: "4 or 6: the version of IP that was used.",
    min: 4,
    max: 6,
  },
  http_probe_failure: {
    kind: "gauge",
    unit: "bool",
    labels: ["endpoint", "reason"],
    description: "1 for each reason why it is not well: dns, connect, tls, timeout, protocol, status, content, assert.",
  },
  tcp_probe_success: { kind: "gauge", unit: "bool", labels, description: "1 when the port accepted a connection." },
  tcp_probe_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "Time the connection took, without the name's resolution.",
  },
  ping_probe_success: {
    kind: "gauge",
    unit: "bool",
    labels,
    description: "1 when at least one of three pings came back.",
  },
  ping_probe_duration_seconds: { kind: "gauge", unit: "seconds", labels, description: "Mean round trip of the pings." },
  ping_probe_loss_ratio: {
    kind: "gauge",
    unit: "ratio",
    labels,
    description: "Part of the pings that did not come back.",
    min: 0,
    max: 1,
  },
} as const satisfies Metrics;
