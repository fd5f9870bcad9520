import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "photos_disk",
    metric: "photos_disk_used_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "The disk of {{instance}} is {{value}} full.",
  },
  {
    id: "photos_jobs_failed",
    metric: "photos_jobs_failed",
    when: { above: 0 },
    over: { increaseSeconds: minutes(10) },
    severity: "warning",
    summary: "Jobs of the queue {{queue}} of {{instance}} failed.",
  },
  {
    id: "photos_backlog",
    metric: "photos_jobs_stuck",
    when: { above: 1_000 },
    forSeconds: minutes(30),
    severity: "warning",
    summary: "{{value}} jobs of the queue {{queue}} of {{instance}} wait, and none runs.",
  },
];
