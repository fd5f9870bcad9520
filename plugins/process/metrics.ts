import type { Metrics } from "../sdk";

/** How often what changes slowly, or costs more, is read anew. Seconds. */
export const SLOW_SECONDS = 60;

const gauge = { kind: "gauge", unit: "count" } as const;
const perProgram = { kind: "gauge", labels: ["comm", "user"] } as const;
const perGroup = { kind: "gauge", labels: ["group"] } as const;
const perWatch = { kind: "gauge", labels: ["watch"] } as const;
const flag = { kind: "gauge", unit: "bool" } as const;

export const metrics = {
  process_count: {
    ...gauge,
    labels: ["state"],
    description: "Processes by state, the kernel's own threads among them.",
  },
  process_threads: { ...gauge, description: "Threads of all processes together." },
  process_truncated: {
    ...flag,
    description: "1 when there were more processes than the limit, so that the newest were not looked at.",
  },
  process_pid_max_ratio: {
    kind: "gauge",
    unit: "ratio",
    description: "Process ids in use; each thread has one. At 1 no program can be started.",
    min: 0,
  },
  process_max_open_fds_ratio: {
    kind: "gauge",
    unit: "ratio",
    everySeconds: SLOW_SECONDS,
    description: "Open files of the process that is nearest to its own limit. At 1 it can open nothing more.",
    min: 0,
  },
  process_top_cpu_ratio: {
    ...perProgram,
    unit: "ratio",
    description: "Processor time of all processes of this name and user; 1 is one core, kept busy.",
    min: 0,
  },
  process_top_memory_bytes: {
    ...perProgram,
    unit: "bytes",
    description: "Resident memory of all processes of this name and user; what they share is counted once.",
  },
  process_top_count: { ...perProgram, unit: "count", description: "Processes of this name and user." },
  process_top_truncated: {
    ...flag,
    description: "1 when so many names were seen since the start that a new one is shown as (new).",
  },
  process_group_cpu_seconds_total: {
    kind: "counter",
    unit: "seconds",
    labels: ["group"],
    description: "Processor time of the group's processes: its rate is the cores they keep busy.",
  },
  process_group_memory_bytes: { ...perGroup, unit: "bytes", description: "Resident memory of the group's processes." },
  process_group_count: { ...perGroup, unit: "count", description: "Processes of the group." },
  process_groups_truncated: {
    ...flag,
    description: "1 when there were more groups than the limit, so that some are not shown.",
  },
  process_watch_up: {
    ...perWatch,
    unit: "bool",
    description: "1 when as many of the watched processes run as should.",
  },
  process_watch_count: { ...perWatch, unit: "count", description: "Watched processes that run." },
  process_watch_cpu_ratio: {
    ...perWatch,
    unit: "ratio",
    description: "Processor time of the watched processes; 1 is one core, kept busy.",
    min: 0,
  },
  process_watch_memory_bytes: { ...perWatch, unit: "bytes", description: "Resident memory of the watched processes." },
  process_watch_threads: { ...perWatch, unit: "count", description: "Threads of the watched processes." },
  process_watch_open_fds: {
    ...perWatch,
    unit: "count",
    everySeconds: SLOW_SECONDS,
    description: "Open files of the watched processes. Absent where only root or their owner may count them.",
  },
  process_watch_start_timestamp_seconds: {
    ...perWatch,
    unit: "timestamp_seconds",
    description: "When the oldest of the watched processes began.",
  },
  process_watch_restarts_total: {
    kind: "counter",
    unit: "count",
    labels: ["watch"],
    description: "How often the oldest of the watched processes was replaced by another.",
  },
} as const satisfies Metrics;
