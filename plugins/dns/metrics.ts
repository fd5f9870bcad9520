import type { Metrics } from "../sdk";

const gauge = { kind: "gauge", unit: "count" } as const;
const counter = { kind: "counter", unit: "count" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const seconds = { kind: "gauge", unit: "seconds" } as const;

export const metrics = {
  dns_probe_success: {
    ...bool,
    labels: ["name"],
    description:
      "1 when the server answered the question for this name, also when it said that there is no such name; with an expected answer, when that was there.",
  },
  dns_probe_duration_seconds: { ...seconds, labels: ["name"], description: "From the question to its answer." },
  dns_queries_window: {
    ...gauge,
    description: "Questions within the server's own window: 24 hours with Pi-hole, what is set in AdGuard Home.",
  },
  dns_queries_total: { ...counter, description: "Questions from clients, without end: Unbound, BIND and dnsmasq." },
  dns_blocked_window: { ...gauge, description: "Of the questions within the window, those that were blocked." },
  dns_blocked_ratio: { kind: "gauge", unit: "ratio", min: 0, max: 1, description: "The same as a share." },
  dns_blocking_enabled: { ...bool, description: "1 while blocking is switched on." },
  dns_blocking_resume_seconds: {
    ...seconds,
    description: "Time until the timer switches blocking on or off again. Absent without a timer.",
  },
  dns_blocklist_domains: { ...gauge, description: "Blocked domains, or rules of all lists that are switched on." },
  dns_blocklist_age_seconds: {
    ...seconds,
    description: "Since the lists were updated; with AdGuard Home since the oldest of them was.",
  },
  dns_clients_active: { ...gauge, description: "Clients that asked within the window." },
  dns_cache_hits_total: { ...counter, description: "Questions answered from the cache." },
  dns_cache_misses_total: { ...counter, description: "Questions that the cache could not answer." },
  dns_cache_hit_ratio: { kind: "share", unit: "ratio", description: "Share of questions that the cache answered." },
  dns_cache_evictions_total: {
    ...counter,
    description: "Entries thrown out of the cache before their time to make room: it is too small.",
  },
  dns_answers_total: { ...counter, labels: ["rcode"], description: "Answers by response code." },
  dns_replies_window: { ...gauge, labels: ["type"], description: "Answers within the window by kind." },
  dns_query_duration_seconds: {
    ...seconds,
    description: "Average time to answer: of all questions with AdGuard Home, of those the cache missed with Unbound.",
  },
  dns_upstream_duration_seconds: {
    ...seconds,
    labels: ["upstream"],
    description: "Average time each upstream server takes to answer.",
  },
  dns_upstreams_truncated: { ...bool, description: "1 when there were more upstream servers than the limit." },
  dns_unwanted_replies_total: {
    ...counter,
    description: "Answers nobody had asked for. Many of them are an attempt to poison the cache.",
  },
  dns_request_list_exceeded_total: {
    ...counter,
    description: "Questions dropped because the list of those in work was full.",
  },
  dns_dnssec_bogus_total: { ...counter, description: "Answers whose DNSSEC signature was wrong." },
  dns_uptime_seconds: { ...seconds, description: "Since the server was started." },
  dns_messages: { ...gauge, description: "Messages waiting under Tools, Pi-hole diagnosis." },
  dns_update_available: { ...bool, labels: ["component"], description: "1 when a newer version was published." },
  dns_info: {
    kind: "info",
    unit: "count",
    labels: ["type", "version"],
    description: "The kind of server and its version.",
  },
} as const satisfies Metrics;
