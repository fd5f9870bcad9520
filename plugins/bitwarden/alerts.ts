import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

/** Clocks further apart make one-time codes fail, which change every 30 seconds. */
const SKEW_SECONDS = 30;

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "vault_down",
    metric: "vault_alive",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    down: true,
    summary: "{{instance}} does not answer, or cannot use its database.",
  },
  {
    id: "vault_slow",
    metric: "vault_alive_duration_seconds",
    when: { above: 3 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} takes {{value}} to answer.",
  },
  {
    id: "vault_signups_open",
    metric: "vault_signups_allowed",
    when: { equals: 1 },
    forSeconds: hours(1),
    severity: "info",
    summary: "Anybody may make an account on {{instance}}.",
  },
  {
    id: "vault_clock",
    metric: "vault_clock_skew_seconds",
    when: { above: SKEW_SECONDS },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "The clock of {{instance}} is {{value}} ahead; one-time codes fail.",
  },
  {
    id: "vault_clock_behind",
    metric: "vault_clock_skew_seconds",
    when: { below: -SKEW_SECONDS },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "The clock of {{instance}} is behind ({{value}}); one-time codes fail.",
  },
];
