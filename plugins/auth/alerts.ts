import { type AlertSpec, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "auth_break_in",
    metric: "auth_success_after_failures_total",
    when: { above: 0 },
    over: { increaseSeconds: minutes(10) },
    severity: "critical",
    summary: "Somebody logged in to {{instance}} from an address with many failed attempts before.",
  },
  {
    id: "auth_bruteforce",
    metric: "auth_top_source_failures",
    // Twice as many, or more.
    when: ({ failedThreshold }) => ({ above: 2 * failedThreshold - 0.5 }),
    severity: "warning",
    summary: "{{source}} guesses passwords of {{instance}}: {{value}} failures.",
  },
  {
    id: "auth_sudo_denied",
    metric: "auth_sudo_total",
    when: { above: 0 },
    where: { result: "denied" },
    over: { increaseSeconds: minutes(10) },
    severity: "warning",
    summary: "{{user}} tried sudo on {{instance}} without being allowed to.",
  },
  {
    id: "auth_root",
    metric: "auth_root_logins_total",
    when: { above: 0 },
    over: { increaseSeconds: minutes(10) },
    severity: "info",
    summary: "Somebody logged in to {{instance}} as root.",
  },
  {
    id: "auth_unreadable",
    metric: "auth_source_readable",
    when: { equals: 0 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "The log of logins of {{instance}} cannot be read, so nothing is noticed.",
  },
];
