import { type AlertSpec, minutes } from "../sdk";
import type { SystemMetrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof SystemMetrics>[] = [
  {
    id: "cpu_high",
    metric: "system_cpu_usage_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "The CPUs of {{instance}} are {{value}} busy.",
  },
  {
    id: "memory_high",
    metric: "system_memory_used_ratio",
    when: { above: 0.9 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} uses {{value}} of its memory.",
  },
  {
    id: "memory_high_critical",
    metric: "system_memory_used_ratio",
    when: { above: 0.97 },
    forSeconds: minutes(5),
    severity: "critical",
    summary: "{{instance}} uses {{value}} of its memory; soon the kernel will kill processes.",
  },
  {
    id: "oom",
    metric: "system_oom_kills_total",
    when: { above: 0 },
    over: { increaseSeconds: minutes(10) },
    severity: "critical",
    summary: "Memory ran out on {{instance}}: the kernel killed {{value}} processes within ten minutes.",
  },
  {
    id: "load_high",
    metric: "system_load_per_cpu",
    when: { above: 2 },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{instance}} has a load of {{value}} for each CPU: tasks wait for a CPU or a disk.",
  },
];
