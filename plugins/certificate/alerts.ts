import { type AlertSpec, hours } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "cert_expired",
    metric: "certificate_remaining_seconds",
    // At the very second of its end it still holds.
    when: { below: 1 },
    severity: "critical",
    summary: "The certificate of {{target}} has expired.",
  },
  {
    id: "cert_critical",
    metric: "certificate_remaining_seconds",
    when: { below: { metric: "certificate_critical_seconds" } },
    severity: "critical",
    summary: "The certificate of {{target}} has {{value}} left.",
  },
  {
    id: "cert_warning",
    metric: "certificate_remaining_seconds",
    when: { below: { metric: "certificate_warning_seconds" } },
    forSeconds: hours(1),
    severity: "warning",
    summary: "The certificate of {{target}} has {{value}} left.",
  },
  {
    id: "cert_untrusted",
    metric: "certificate_chain_valid",
    when: { equals: 0 },
    // Two runs at the usual interval.
    forSeconds: hours(1),
    severity: "warning",
    summary: "The certificate of {{target}} is not trusted: its chain does not hold.",
  },
  {
    id: "cert_wrong_name",
    metric: "certificate_hostname_match",
    when: { equals: 0 },
    forSeconds: hours(1),
    severity: "warning",
    summary: "The certificate of {{target}} is for another name.",
  },
  {
    id: "cert_unreadable",
    metric: "certificate_probe_success",
    when: { equals: 0 },
    forSeconds: hours(1),
    severity: "warning",
    summary: "The certificate of {{target}} could not be read, so nobody knows when it expires.",
  },
];
