import { type AlertSpec, days, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

/** A limit that is reached counts, and rules compare strictly. */
const REACHED = 0.999;

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "smart_failed",
    metric: "smart_passed",
    when: { equals: 0 },
    severity: "critical",
    summary: "{{device}} ({{instance}}) says that it is failing. Copy what is on it, and replace it.",
  },
  {
    id: "smart_critical_warning",
    metric: "smart_critical_warning",
    when: { equals: 1 },
    severity: "critical",
    summary: "{{device}} ({{instance}}) warns: {{bit}}.",
  },
  {
    id: "smart_sectors_pending",
    metric: "smart_pending_sectors",
    when: { above: 0 },
    severity: "warning",
    summary: "{{device}} ({{instance}}) has {{value}} sectors that it cannot read.",
  },
  {
    id: "smart_sectors_pending_many",
    metric: "smart_pending_sectors",
    when: { above: 10 },
    severity: "critical",
    summary: "{{device}} ({{instance}}) has {{value}} sectors that it cannot read. Replace it.",
  },
  {
    id: "smart_sectors_uncorrectable",
    metric: "smart_offline_uncorrectable_sectors",
    when: { above: 0 },
    over: { increaseSeconds: days(1) },
    severity: "warning",
    summary: "{{device}} ({{instance}}) found {{value}} more unreadable sectors within a day.",
  },
  {
    id: "smart_sectors_reallocated",
    metric: "smart_reallocated_sectors",
    when: { above: 0 },
    over: { increaseSeconds: days(1) },
    severity: "warning",
    summary: "{{device}} ({{instance}}) replaced {{value}} more sectors within a day.",
  },
  {
    id: "smart_warm",
    metric: "smart_temperature_celsius",
    when: { above: { metric: "smart_temperature_warning_celsius" } },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{device}} ({{instance}}) is warm: {{value}}.",
  },
  {
    id: "smart_hot",
    metric: "smart_temperature_celsius",
    when: { above: { metric: "smart_temperature_critical_celsius" } },
    forSeconds: minutes(10),
    severity: "critical",
    summary: "{{device}} ({{instance}}) is too hot: {{value}}.",
  },
  {
    id: "smart_worn",
    metric: "smart_endurance_used_ratio",
    when: { above: 0.9 },
    forSeconds: hours(1),
    severity: "warning",
    summary: "{{device}} ({{instance}}) has used {{value}} of the writes it is made for.",
  },
  {
    id: "smart_spare_low",
    metric: "smart_available_spare_threshold_ratio",
    when: { above: { metric: "smart_available_spare_ratio", times: REACHED } },
    forSeconds: hours(1),
    severity: "warning",
    summary: "{{device}} ({{instance}}) has no more spare blocks than its limit of {{value}}.",
  },
];
