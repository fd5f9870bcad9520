import type { Metrics } from "../sdk";

const gauge = { kind: "gauge", unit: "count" } as const;
const counter = { kind: "counter", unit: "count" } as const;
const perEntrypoint = { kind: "counter", labels: ["entrypoint"] } as const;

export const metrics = {
  reverse_proxy_requests_total: {
    ...counter,
    labels: ["entrypoint", "code_class"],
    description: "Requests by entry point, server or frontend, and by the first digit of the answer's status.",
  },
  reverse_proxy_server_errors_ratio: {
    kind: "share",
    unit: "ratio",
    labels: ["entrypoint"],
    description: "Share of answers with a status of 500 or above, while there is more than one request a second.",
  },
  reverse_proxy_request_errors_total: {
    ...perEntrypoint,
    unit: "count",
    description: "Requests that Caddy itself ended with an error: no upstream server, or no such file.",
  },
  reverse_proxy_request_duration_seconds_total: {
    ...perEntrypoint,
    unit: "seconds",
    description: "Time spent on requests: 1 a second is one request in work.",
  },
  reverse_proxy_request_duration_count_total: {
    ...perEntrypoint,
    unit: "count",
    description: "Requests whose time was measured.",
  },
  reverse_proxy_response_time_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels: ["service"],
    description: "Average time to answer: since the last run, with HAProxy of the last 1024 requests of the backend.",
  },
  reverse_proxy_received_bytes_total: { ...perEntrypoint, unit: "bytes", description: "Bytes received from clients." },
  reverse_proxy_sent_bytes_total: { ...perEntrypoint, unit: "bytes", description: "Bytes sent to clients." },
  reverse_proxy_connections: {
    ...gauge,
    labels: ["entrypoint", "state"],
    description: "Open connections from clients.",
  },
  reverse_proxy_connections_accepted_total: { ...counter, description: "Connections nginx accepted." },
  reverse_proxy_connections_handled_total: {
    ...counter,
    description: "Connections nginx handled; fewer than accepted when a limit was reached.",
  },
  reverse_proxy_routers: { ...gauge, labels: ["status"], description: "Routers, with Caddy routes, by state." },
  reverse_proxy_services: {
    ...gauge,
    labels: ["status"],
    description: "Services, with Caddy proxy handlers, by state.",
  },
  reverse_proxy_config_errors: {
    ...gauge,
    labels: ["kind"],
    description: "Parts of the configuration that are in error; reload is 1 when the last configuration was refused.",
  },
  reverse_proxy_router_ok: {
    kind: "gauge",
    unit: "bool",
    labels: ["router"],
    description: "1 when the router is enabled, without errors or warnings.",
  },
  reverse_proxy_router_requests_total: {
    ...counter,
    labels: ["router", "code_class"],
    description: "Requests by router.",
  },
  reverse_proxy_upstream_up: {
    kind: "gauge",
    unit: "bool",
    labels: ["service", "upstream"],
    description: "What the health check says of each upstream server. Absent without one, and in maintenance.",
  },
  reverse_proxy_upstreams: { ...gauge, labels: ["service"], description: "Upstream servers." },
  reverse_proxy_upstreams_healthy: {
    ...gauge,
    labels: ["service"],
    description: "Upstream servers that are up. Absent where none is checked.",
  },
  reverse_proxy_upstream_failures_total: {
    ...counter,
    labels: ["service", "upstream"],
    description: "Health checks that failed.",
  },
  reverse_proxy_upstream_recent_failures: {
    ...gauge,
    labels: ["upstream"],
    description: "Failed requests that Caddy still remembers, for its passive health checks.",
  },
  reverse_proxy_requests_in_flight: { ...gauge, labels: ["server"], description: "Requests in work." },
  reverse_proxy_retries_total: { ...counter, labels: ["service"], description: "Requests sent to a server once more." },
  reverse_proxy_queue_length: {
    ...gauge,
    labels: ["service"],
    description: "Requests waiting for a server of the backend.",
  },
  reverse_proxy_config_last_reload_success_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When a configuration was last taken.",
  },
  reverse_proxy_certificate_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["cn"],
    description: "When the newest certificate of this name expires.",
  },
  reverse_proxy_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more services, upstreams, routers or certificates than the limit.",
  },
  reverse_proxy_info: { kind: "info", unit: "count", labels: ["type", "version"], description: "Kind and version." },
} as const satisfies Metrics;
