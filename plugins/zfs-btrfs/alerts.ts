import { type AlertSpec, days, hours, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "pool_degraded",
    metric: "storage_pool_healthy",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "Pool {{pool}} ({{fs}}) on {{instance}} is not healthy: a device is gone or failing.",
  },
  {
    id: "pool_errors",
    metric: "storage_vdev_errors_total",
    when: { above: 0 },
    over: { increaseSeconds: hours(1) },
    severity: "warning",
    summary: "{{device}} of pool {{pool}} on {{instance}} had {{value}} new {{kind}} errors within an hour.",
  },
  {
    id: "pool_data_errors",
    metric: "storage_pool_data_errors",
    when: { above: 0 },
    severity: "warning",
    summary: "Pool {{pool}} on {{instance}} has lost data for good: {{value}} errors. zpool status -v names the files.",
  },
  {
    id: "pool_full",
    metric: "storage_pool_used_ratio",
    when: { above: 0.8 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "Pool {{pool}} on {{instance}} is {{value}} full; it gets slow from here.",
  },
  {
    id: "pool_nearly_full",
    metric: "storage_pool_used_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(15),
    severity: "critical",
    summary: "Pool {{pool}} on {{instance}} is {{value}} full.",
  },
  {
    id: "pool_metadata_short",
    metric: "storage_pool_metadata_short",
    when: { equals: 1 },
    forSeconds: minutes(15),
    severity: "critical",
    summary: "Btrfs {{pool}} on {{instance}} will run out of space for metadata. Free space with btrfs balance.",
  },
  {
    id: "scrub_overdue",
    metric: "storage_scrub_age_seconds",
    when: ({ scrubMaxAgeDays }) => ({ above: days(scrubMaxAgeDays) }),
    severity: "warning",
    summary: "Pool {{pool}} on {{instance}} was last scrubbed {{value}} ago.",
  },
  {
    id: "scrub_errors",
    metric: "storage_scrub_errors",
    when: { above: 0 },
    where: { kind: "corrected" },
    severity: "warning",
    summary: "The last scrub of {{pool}} on {{instance}} had to correct {{value}} errors: a disk may be failing.",
  },
  {
    id: "scrub_uncorrectable",
    metric: "storage_scrub_errors",
    when: { above: 0 },
    where: { kind: "uncorrectable" },
    severity: "critical",
    summary: "The last scrub of {{pool}} on {{instance}} found {{value}} errors that it could not correct.",
  },
];
