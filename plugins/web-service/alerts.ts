import { type AlertSpec, hours, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

const SLOW_MS = 2_000;

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "endpoint_down",
    metric: "endpoint_up",
    when: { equals: 0 },
    // Two runs in a row at the usual interval: one lost packet wakes nobody.
    forSeconds: minutes(1),
    severity: "critical",
    down: true,
    summary: "{{endpoint}} is down.",
  },
  {
    id: "endpoint_slow",
    metric: "endpoint_duration_seconds",
    when: ({ maxDurationMs }) => ({ above: (maxDurationMs ?? SLOW_MS) / 1_000 }),
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{endpoint}} takes {{value}} to answer.",
  },
  {
    id: "endpoint_flapping",
    metric: "endpoint_up",
    when: { above: 6 },
    over: { changesSeconds: hours(1) },
    severity: "warning",
    summary: "{{endpoint}} went up and down {{value}} times within an hour.",
  },
  {
    id: "endpoint_cert",
    metric: "http_probe_certificate_remaining_seconds",
    when: { below: { metric: "http_probe_certificate_warning_seconds" } },
    forSeconds: hours(1),
    severity: "warning",
    summary: "The certificate of {{endpoint}} has {{value}} left.",
  },
];
