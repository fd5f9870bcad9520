import { type AlertSpec, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

/** A processor that throttles stays exactly at its limit, so reaching it counts. */
const REACHED = 0.999;

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "temp_critical",
    metric: "temperature_celsius",
    when: { above: { metric: "temperature_critical_celsius", times: REACHED } },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "{{sensor}} ({{chip}}) on {{instance}} is too hot: {{value}}.",
  },
  {
    id: "temp_warning",
    metric: "temperature_celsius",
    when: { above: { metric: "temperature_max_celsius", times: REACHED } },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{sensor}} ({{chip}}) on {{instance}} has been warm for five minutes: {{value}}.",
  },
  {
    id: "fan_stopped",
    metric: "fan_stopped",
    when: { equals: 1 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "Fan {{sensor}} ({{chip}}) on {{instance}} is driven, but stands still.",
  },
  {
    id: "fan_alarm",
    metric: "fan_alarm",
    when: { equals: 1 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "Fan {{sensor}} ({{chip}}) on {{instance}} turns slower than it may.",
  },
  {
    id: "humidity_low",
    metric: "humidity_ratio",
    when: ({ humidityMinRatio }) => ({ below: humidityMinRatio }),
    forSeconds: minutes(30),
    severity: "warning",
    summary: "The air at {{sensor}} on {{instance}} is dry: {{value}}.",
  },
  {
    id: "humidity_high",
    metric: "humidity_ratio",
    when: ({ humidityMaxRatio }) => ({ above: humidityMaxRatio }),
    forSeconds: minutes(30),
    severity: "warning",
    summary: "The air at {{sensor}} on {{instance}} is damp: {{value}}.",
  },
];
