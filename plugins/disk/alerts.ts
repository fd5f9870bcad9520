import { type AlertSpec, days, hours, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "disk_full",
    metric: "disk_used_ratio",
    when: ({ warnRatio }) => ({ above: warnRatio }),
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{mount}} on {{instance}} is {{value}} full.",
  },
  {
    id: "disk_full_critical",
    metric: "disk_used_ratio",
    when: ({ criticalRatio }) => ({ above: criticalRatio }),
    forSeconds: minutes(10),
    severity: "critical",
    summary: "{{mount}} on {{instance}} is {{value}} full.",
  },
  {
    id: "disk_fills_soon",
    metric: "disk_available_bytes",
    // Less than one byte: the forecast is a line and seldom meets 0 exactly.
    when: { below: 1 },
    over: { forecastSeconds: days(1) },
    forSeconds: hours(1),
    severity: "warning",
    summary: "{{mount}} on {{instance}} will be full within a day if it goes on like this.",
  },
  {
    id: "disk_inodes",
    metric: "disk_inodes_used_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{mount}} on {{instance}} has used {{value}} of its inodes; at 100 % no file can be made.",
  },
  {
    id: "disk_readonly",
    metric: "disk_readonly",
    // It became read-only: what always was (a recovery partition) is no news.
    when: { above: 0 },
    over: { increaseSeconds: days(1) },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "{{mount}} on {{instance}} became read-only; the kernel does that after an error of the disk.",
  },
  {
    id: "raid_degraded",
    metric: "raid_healthy",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "Array {{array}} on {{instance}} lacks a disk or does not run.",
  },
];
