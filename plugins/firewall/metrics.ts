import type { Metrics } from "../sdk";

/** Updates change once a day, and asking costs the appliance. Seconds. */
export const UPDATE_SECONDS = 3_600;
/** The appliance's load is a stream with a value a second. Seconds. */
export const LOAD_SECONDS = 60;

const gauge = { kind: "gauge", unit: "count" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const ratio = { kind: "gauge", unit: "ratio" } as const;
const counter = { kind: "counter", unit: "count" } as const;
const bytes = { kind: "counter", unit: "bytes" } as const;
const gateway = { labels: ["gateway"] } as const;
const networkInterface = { labels: ["interface"] } as const;

export const metrics = {
  firewall_active: { ...bool, description: "1 when a firewall filters what comes in." },
  firewall_default_policy: {
    ...gauge,
    labels: ["chain", "policy"],
    description: "Always 1: what happens to a packet that no rule of the chain decides.",
  },
  firewall_rules: { ...gauge, labels: ["table_or_chain"], description: "Rules of the chain, zone or firewall." },
  firewall_packets_total: {
    ...counter,
    labels: ["chain", "verdict"],
    description: "Packets that rules with a counter let through or stopped, by chain.",
  },
  firewall_bytes_total: { ...bytes, labels: ["chain", "verdict"], description: "Bytes of these packets." },
  firewall_counter_packets_total: { ...counter, labels: ["counter"], description: "Packets of a named counter." },
  firewall_counter_bytes_total: { ...bytes, labels: ["counter"], description: "Bytes of a named counter." },
  firewall_chains_truncated: {
    ...bool,
    description: "1 when there were more chains, counters or interfaces than the limit.",
  },
  firewall_blocked_total: {
    ...counter,
    labels: ["proto"],
    description: "Blocked packets that were logged since Unity started. Firewalls log only some of them.",
  },
  firewall_blocked_sources: { ...gauge, description: "Addresses with logged blocked packets in the last hour." },
  firewall_top_blocked: {
    ...gauge,
    labels: ["source"],
    description: "Logged blocked packets of the busiest addresses in the last hour.",
  },
  firewall_states: { ...gauge, description: "Connections the firewall remembers." },
  firewall_states_limit: { ...gauge, description: "So many it can remember." },
  firewall_states_ratio: { ...ratio, description: "How much of this limit is used." },
  firewall_conntrack_drops_total: {
    ...counter,
    description: "Connections the kernel could not remember, so that packets were lost.",
  },
  firewall_gateway_up: { ...bool, ...gateway, description: "1 when the gateway answers, also slowly or with losses." },
  firewall_gateway_delay_seconds: { ...gateway, kind: "gauge", unit: "seconds", description: "Its answers' delay." },
  firewall_gateway_jitter_seconds: {
    ...gateway,
    kind: "gauge",
    unit: "seconds",
    description: "How much the delay varies.",
  },
  firewall_gateway_loss_ratio: { ...ratio, ...gateway, description: "Part of the probes without an answer." },
  firewall_interface_up: { ...bool, ...networkInterface, description: "1 when the interface has a link." },
  firewall_interface_receive_bytes_total: { ...bytes, ...networkInterface, description: "Bytes received." },
  firewall_interface_transmit_bytes_total: { ...bytes, ...networkInterface, description: "Bytes sent." },
  firewall_interface_errors_total: { ...counter, ...networkInterface, description: "Packets with an error." },
  firewall_service_running: { ...bool, labels: ["service"], description: "1 when the service runs." },
  firewall_cpu_usage_ratio: { ...ratio, description: "How busy the processors are.", everySeconds: LOAD_SECONDS },
  firewall_memory_used_ratio: { ...ratio, description: "Memory in use." },
  firewall_disk_used_ratio: { ...ratio, labels: ["mount"], description: "Space in use." },
  firewall_temperature_celsius: {
    kind: "gauge",
    unit: "celsius",
    labels: ["sensor"],
    description: "Temperature at the sensor.",
    min: -40,
    max: 150,
  },
  firewall_update_available: {
    ...bool,
    description: "1 when the last check found an update. Absent before there was one.",
    everySeconds: UPDATE_SECONDS,
  },
  firewall_reboot_required: {
    ...bool,
    description: "1 when an update waits for a restart.",
    everySeconds: UPDATE_SECONDS,
  },
  firewall_carp_master: { ...bool, description: "1 when all shared addresses are served by this machine." },
  firewall_ruleset_hash_changed_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When a change of the rules was seen. Absent before there was one since Unity started.",
  },
  firewall_rules_changed: { ...bool, description: "1 for a quarter of an hour after a change of the rules was seen." },
  firewall_uptime_seconds: { kind: "gauge", unit: "seconds", description: "Time since the appliance started." },
  firewall_info: { kind: "info", unit: "count", labels: ["type", "version"], description: "What firewall this is." },
} as const satisfies Metrics;
