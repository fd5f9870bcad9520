import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "container_down",
    metric: "docker_container_down",
    when: { equals: 1 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "Container {{container}} on {{instance}} should run and does not.",
  },
  {
    id: "container_unhealthy",
    metric: "docker_container_healthy",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "warning",
    summary: "Container {{container}} on {{instance}} fails its health check.",
  },
  {
    id: "container_restarting",
    metric: "docker_container_restarts_total",
    when: { above: 3 },
    over: { increaseSeconds: minutes(15) },
    severity: "warning",
    summary: "Container {{container}} on {{instance}} restarts again and again: {{value}} times in 15 minutes.",
  },
  {
    id: "container_oom",
    metric: "docker_container_oom_killed",
    when: { equals: 1 },
    severity: "critical",
    summary: "Container {{container}} on {{instance}} was killed because it ran out of memory.",
  },
  {
    id: "container_memory",
    metric: "docker_container_memory_working_set_bytes",
    when: { above: { metric: "docker_container_memory_limit_bytes", times: 0.9 } },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "Container {{container}} on {{instance}} uses {{value}}, over 90 % of its memory limit.",
  },
];
