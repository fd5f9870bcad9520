import type { Metrics } from "../sdk";

/** How often the container's limits are read. Seconds. */
export const CONTAINER_SECONDS = 60;
/** What the machine is, and whether it waits for a reboot, hardly changes. */
export const MACHINE_SECONDS = 600;
/** A file for every CPU, so not with every run. */
export const FREQUENCY_SECONDS = 30;
/** A tool has to be started. */
export const CLOCK_SECONDS = 300;

const gauge = (unit: "bytes" | "count", description: string) => ({ kind: "gauge", unit, description }) as const;
const counter = (description: string) => ({ kind: "counter", unit: "count", description }) as const;
const ofContainer = { everySeconds: CONTAINER_SECONDS } as const;
const ofMachine = { everySeconds: MACHINE_SECONDS } as const;

export const metrics = {
  system_cpu_usage_ratio: {
    kind: "share",
    unit: "ratio",
    description: "Time the CPUs worked, of all their time. Waiting for disks and what a hypervisor took are no work.",
  },
  system_cpu_mode_ratio: {
    kind: "share",
    unit: "ratio",
    labels: ["mode"],
    description: "What the CPUs did, of all their time; what is left to 1 is idle. Guests are within user and nice.",
  },
  system_cpu_seconds_total: {
    kind: "counter",
    unit: "seconds",
    labels: ["mode"],
    description: "Time of all CPUs by what they did. Guests are within user and nice.",
  },
  system_cpu_guest_seconds_total: {
    kind: "counter",
    unit: "seconds",
    description: "Time spent running virtual machines; it is also within the modes user and nice.",
  },
  system_cpu_core_usage_ratio: {
    kind: "share",
    unit: "ratio",
    labels: ["cpu"],
    description: "Time one CPU worked, of all its time.",
  },
  system_cpu_core_seconds_total: {
    kind: "counter",
    unit: "seconds",
    labels: ["cpu", "mode"],
    description: "Time of one CPU by what it did.",
  },
  system_cpus_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there are more CPUs than the limit, so that some are not shown on their own.",
  },
  system_cpu_count: gauge("count", "CPUs that are online, as the scheduler counts them: threads, not chips."),
  system_cpu_frequency_hertz: {
    kind: "gauge",
    unit: "hertz",
    description: "Mean frequency of the CPUs at this moment; of 16 of them where there are more.",
    everySeconds: FREQUENCY_SECONDS,
  },
  system_load_average: {
    kind: "gauge",
    unit: "count",
    labels: ["window"],
    description: "Tasks that ran or waited to run or for disks, averaged over the window.",
  },
  system_load_per_cpu: gauge(
    "count",
    "The load of the last five minutes for each CPU. Above 1, tasks wait for a CPU or a disk.",
  ),
  system_memory_total_bytes: gauge("bytes", "Memory the kernel has to give."),
  system_memory_available_bytes: gauge("bytes", "Memory that programs can still get without swapping."),
  system_memory_used_bytes: gauge("bytes", "Total less available: memory that cannot be had."),
  system_memory_cached_bytes: gauge("bytes", "Contents of files kept in memory; given up when programs need it."),
  system_memory_buffers_bytes: gauge("bytes", "Blocks of devices kept in memory; given up when programs need it."),
  system_memory_zfs_arc_bytes: gauge(
    "bytes",
    "Cache of ZFS. What it gives up when programs need it counts as available.",
  ),
  system_memory_used_ratio: {
    kind: "gauge",
    unit: "ratio",
    description: "Used memory of the total.",
    min: 0,
    max: 1,
  },
  system_swap_total_bytes: gauge("bytes", "Size of all swap."),
  system_swap_used_bytes: gauge("bytes", "Swap in use."),
  system_swap_used_ratio: {
    kind: "gauge",
    unit: "ratio",
    description: "Swap in use, of all swap. Absent without swap.",
    min: 0,
    max: 1,
  },
  system_swap_in_pages_total: counter("Pages read back from swap."),
  system_swap_out_pages_total: counter("Pages written to swap."),
  system_pressure_stalled_seconds_total: {
    kind: "counter",
    unit: "seconds",
    labels: ["resource", "kind"],
    description: "Time in which some, or all (full), tasks stood still for want of the resource.",
  },
  system_pressure_ratio: {
    kind: "gauge",
    unit: "ratio",
    labels: ["resource", "kind"],
    description: "Part of the last minute in which some, or all (full), tasks stood still for want of the resource.",
    min: 0,
    max: 1,
  },
  system_oom_kills_total: counter(
    "Processes the kernel killed because memory had run out: the machine's, or what a container may use.",
  ),
  system_context_switches_total: counter("Times a CPU went from one task to another."),
  system_forks_total: counter("Processes and threads started."),
  system_procs_running: gauge("count", "Tasks that run or could run now."),
  system_procs_blocked: gauge("count", "Tasks that wait for disks now."),
  system_file_descriptors_allocated: gauge("count", "Open files of the whole machine."),
  system_file_descriptors_max: gauge("count", "So many files the machine can have open. Absent without a limit."),
  system_boot_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the machine started.",
  },
  system_uptime_seconds: { kind: "gauge", unit: "seconds", description: "Time since the machine started." },
  system_reboot_required: {
    kind: "gauge",
    unit: "bool",
    ...ofMachine,
    description:
      "1 when installed updates wait for a reboot. Debian, Ubuntu and their kin tell; others report nothing.",
  },
  system_clock_offset_seconds: {
    kind: "gauge",
    unit: "seconds",
    everySeconds: CLOCK_SECONDS,
    description: "How far the clock is ahead of its time servers, below zero behind, as chrony or timesyncd says.",
  },
  system_container_memory_limit_bytes: {
    ...gauge("bytes", "Memory the container or service Unity runs in may use. Absent without a limit."),
    ...ofContainer,
  },
  system_container_memory_used_bytes: {
    ...gauge("bytes", "Memory of that container or service, without file contents that can be given up."),
    ...ofContainer,
  },
  system_container_cpu_limit: {
    ...gauge("count", "CPUs that container or service may keep busy. Absent without a limit."),
    ...ofContainer,
  },
  system_info: {
    kind: "info",
    unit: "count",
    labels: ["os", "version", "kernel", "arch", "hostname", "cpu_model", "virtualization"],
    ...ofMachine,
    description: "What the machine is.",
  },
} as const satisfies Metrics;
export type SystemMetrics = typeof metrics;
