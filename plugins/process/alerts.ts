import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "process_missing",
    metric: "process_watch_up",
    when: { equals: 0 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "{{watch}} on {{instance}} does not run as it should.",
  },
  {
    id: "process_restarting",
    metric: "process_watch_restarts_total",
    when: { above: 3 },
    over: { increaseSeconds: minutes(10) },
    severity: "warning",
    summary: "{{watch}} on {{instance}} restarts again and again: {{value}} times in 10 minutes.",
  },
  {
    id: "zombies",
    metric: "process_count",
    where: { state: "zombie" },
    when: { above: 20 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{instance}} has {{value}} zombies: a program does not take leave of its children. Restart their parent.",
  },
  {
    id: "open_files",
    metric: "process_max_open_fds_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "A process on {{instance}} uses {{value}} of the files it may open; at 100 % it can open nothing more.",
  },
  {
    id: "process_ids",
    metric: "process_pid_max_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "{{value}} of the process ids on {{instance}} are in use; at 100 % no program can be started.",
  },
];
