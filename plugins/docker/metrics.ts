import type { Metrics } from "../sdk";

/** The longest interval that can be set for disk usage: staleness must not come before it. Seconds. */
const DISK_SECONDS = 3_600;

const gauge = { kind: "gauge", unit: "count" } as const;
const container = ["container"] as const;
const perContainer = { kind: "gauge", labels: container } as const;
const counter = { kind: "counter", labels: container } as const;
const disk = { kind: "gauge", unit: "bytes", labels: ["kind"], everySeconds: DISK_SECONDS } as const;

export const metrics = {
  docker_containers: {
    ...gauge,
    labels: ["state"],
    description: "Containers by state, without those that are left out by name or label.",
  },
  docker_containers_all: { ...gauge, description: "Containers in any state." },
  docker_containers_unhealthy: { ...gauge, description: "Running containers whose health check fails." },
  docker_containers_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more containers than the limit, so that some are not shown one by one.",
  },
  docker_container_running: {
    kind: "gauge",
    unit: "bool",
    labels: ["container", "image", "compose_project"],
    description: "1 when the container runs; 0 when it is stopped, paused or waits to be restarted.",
  },
  docker_container_down: {
    ...perContainer,
    unit: "bool",
    description:
      "1 when the container should run and does not: it has a restart policy or the label unity.expected=true.",
  },
  docker_container_healthy: {
    ...perContainer,
    unit: "bool",
    description: "What the container's health check says. Absent without one, and while it is starting.",
  },
  docker_container_health_failing_streak: {
    ...perContainer,
    unit: "count",
    description: "Health checks that failed in a row.",
  },
  docker_container_restarts_total: {
    ...counter,
    unit: "count",
    description: "Times the engine restarted the container since it was last started by hand.",
  },
  docker_container_restart_count: {
    ...perContainer,
    unit: "count",
    description: "The same number as it stands: restarts since the container was last started by hand.",
  },
  docker_container_exit_code: {
    ...perContainer,
    unit: "count",
    description: "Exit code of a container that is stopped or waits to be restarted: 0 is well, 137 was killed.",
  },
  docker_container_oom_killed: {
    ...perContainer,
    unit: "bool",
    description: "1 when the kernel killed it for want of memory, at its end or since the last run.",
  },
  docker_container_started_timestamp_seconds: {
    ...perContainer,
    unit: "timestamp_seconds",
    description: "When the container was last started.",
  },
  docker_container_cpu_seconds_total: {
    ...counter,
    unit: "seconds",
    description: "CPU time used: 1 a second is one CPU.",
  },
  docker_container_cpu_throttled_seconds_total: {
    ...counter,
    unit: "seconds",
    description: "Time the container was held back by its CPU limit.",
  },
  docker_container_memory_working_set_bytes: {
    ...perContainer,
    unit: "bytes",
    description: "Memory in use without the file cache that could be dropped: what docker stats shows.",
  },
  docker_container_memory_limit_bytes: {
    ...perContainer,
    unit: "bytes",
    description: "The container's memory limit. Absent without one.",
  },
  docker_container_network_receive_bytes_total: {
    ...counter,
    unit: "bytes",
    description: "Bytes received. Absent for a container in the host's network.",
  },
  docker_container_network_transmit_bytes_total: {
    ...counter,
    unit: "bytes",
    description: "Bytes sent. Absent for a container in the host's network.",
  },
  docker_container_block_read_bytes_total: {
    ...counter,
    unit: "bytes",
    description: "Bytes read from disks, where the kernel counts them.",
  },
  docker_container_block_write_bytes_total: {
    ...counter,
    unit: "bytes",
    description: "Bytes written to disks, where the kernel counts them.",
  },
  docker_container_pids: { ...perContainer, unit: "count", description: "Processes and threads in the container." },
  docker_images: { ...gauge, description: "Images in the engine's store." },
  docker_volumes: { ...gauge, everySeconds: DISK_SECONDS, description: "Volumes." },
  docker_volumes_unused: { ...gauge, everySeconds: DISK_SECONDS, description: "Volumes that no container uses." },
  docker_disk_usage_bytes: { ...disk, description: "Disk space by what uses it." },
  docker_disk_reclaimable_bytes: { ...disk, description: "Of it, what docker prune could free." },
  docker_engine_info: {
    kind: "info",
    unit: "count",
    labels: ["version", "api_version", "driver", "engine"],
    description: "The engine: version, API version spoken with it, storage driver, Docker or Podman.",
  },
} as const satisfies Metrics;
