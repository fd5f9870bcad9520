import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "download_disk_low",
    metric: "download_free_bytes",
    when: { below: 10 * 1_024 ** 3 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{path}}, where {{instance}} puts its downloads, has {{value}} left.",
  },
  {
    id: "download_errors",
    metric: "download_items",
    where: { state: "error" },
    when: { above: 0 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{value}} items of {{instance}} have an error.",
  },
  {
    id: "download_stalled",
    metric: "download_stuck",
    when: { equals: 1 },
    forSeconds: hours(6),
    severity: "info",
    summary: "Downloads of {{instance}} are stalled, and nothing has come in for hours.",
  },
  {
    id: "download_failed",
    metric: "download_history_failed",
    when: { above: 0 },
    over: { increaseSeconds: minutes(10) },
    severity: "warning",
    summary: "A download of {{instance}} failed.",
  },
];
