import type { Metrics } from "../sdk";

const counter = { kind: "counter", unit: "count" } as const;
const gauge = { kind: "gauge", unit: "count" } as const;

export const metrics = {
  auth_attempts_total: {
    ...counter,
    labels: ["service", "result", "method"],
    description:
      "Logins that were accepted or failed, since Unity started. The method none is a connection that ended without one.",
  },
  auth_invalid_user_total: {
    ...counter,
    labels: ["service"],
    description: "Attempts with a user that does not exist.",
  },
  auth_failures_window: { ...gauge, labels: ["service"], description: "Failed logins within the window." },
  auth_failure_sources: { ...gauge, description: "Addresses with failed logins within the window." },
  auth_top_source_failures: {
    ...gauge,
    labels: ["source"],
    description: "Failed logins of the busiest addresses within the window. Without names, the most of one address.",
  },
  auth_top_user_failures: {
    ...gauge,
    labels: ["user"],
    description: "Failed logins of the users tried most within the window.",
  },
  auth_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more addresses or users than the limit, so that only the busiest are shown.",
  },
  auth_success_new_source_total: {
    ...counter,
    description: "Logins from an address that nobody came from in 30 days, as far as Unity has seen since it started.",
  },
  auth_success_after_failures_total: {
    ...counter,
    description: "Logins from an address after so many failures that somebody may have guessed the password.",
  },
  auth_root_logins_total: { ...counter, description: "Logins as root, by SSH or at a console." },
  auth_sudo_total: {
    ...counter,
    labels: ["user", "result"],
    description: "Commands by sudo: allowed, denied, or failed for a wrong password. A user is told as 0 first.",
  },
  auth_sessions: { ...gauge, labels: ["service"], description: "Who is logged in: by SSH, and on the machine itself." },
  auth_bans_active: { ...gauge, labels: ["jail"], description: "Addresses that are banned now." },
  auth_bans_total: { ...counter, labels: ["jail"], description: "Addresses banned since fail2ban started." },
  auth_ban_failures: { ...gauge, labels: ["jail"], description: "Failures that fail2ban remembers, before a ban." },
  auth_source_readable: { kind: "gauge", unit: "bool", description: "1 when the log of logins could be read." },
  auth_last_event_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the last login, failure or sudo was logged.",
  },
} as const satisfies Metrics;
