import { type AlertSpec, days, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "git_unhealthy",
    metric: "git_healthy",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "{{instance}} says that {{check}} fails.",
  },
  {
    id: "git_runner_offline",
    metric: "git_runners",
    where: { status: "offline" },
    when: { above: 0 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{value}} runners of {{instance}} are offline.",
  },
  {
    id: "git_mirror_stale",
    metric: "git_mirror_stale",
    when: { above: 0 },
    forSeconds: days(1),
    severity: "warning",
    summary: "{{value}} mirrors of {{instance}} are not updated any more.",
  },
];
