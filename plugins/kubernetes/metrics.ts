import type { Metrics } from "../sdk";

/** Asking every kubelet for its volumes is costly. */
export const VOLUME_SECONDS = 300;

const perNode = { kind: "gauge", unit: "count", labels: ["node"] } as const;
const perContainer = { kind: "gauge", unit: "bool" } as const;
const CONTAINER = ["namespace", "pod", "container"] as const;
const perWorkload = { kind: "gauge", unit: "count", labels: ["kind", "namespace", "name"] } as const;
const perVolume = {
  kind: "gauge",
  unit: "bytes",
  labels: ["namespace", "pvc"],
  everySeconds: VOLUME_SECONDS,
} as const;

export const metrics = {
  kube_node_ready: { ...perNode, unit: "bool", description: "1 when the node is ready; 0 also when nobody knows." },
  kube_node_condition: {
    kind: "gauge",
    unit: "bool",
    labels: ["node", "condition"],
    description: "1 while the condition holds: MemoryPressure, DiskPressure, PIDPressure, NetworkUnavailable.",
  },
  kube_node_unschedulable: { ...perNode, unit: "bool", description: "1 when the node is cordoned off." },
  kube_node_capacity_cpu_cores: { ...perNode, description: "Processors of the node." },
  kube_node_capacity_memory_bytes: { ...perNode, unit: "bytes", description: "Memory of the node." },
  kube_node_capacity_pods: { ...perNode, description: "Pods the node can have." },
  kube_node_allocatable_cpu_cores: { ...perNode, description: "Processors left for pods beside the system." },
  kube_node_allocatable_memory_bytes: { ...perNode, unit: "bytes", description: "Memory left for pods." },
  kube_node_allocatable_pods: { ...perNode, description: "Pods the node takes." },
  kube_node_usage_cpu_cores: { ...perNode, description: "Processors in use, by the metrics-server." },
  kube_node_usage_memory_bytes: { ...perNode, unit: "bytes", description: "Memory in use, by the metrics-server." },
  kube_pods: {
    kind: "gauge",
    unit: "count",
    labels: ["namespace", "phase"],
    description: "Pods by namespace and phase.",
  },
  kube_pod_not_ready: {
    kind: "gauge",
    unit: "bool",
    labels: ["namespace", "pod"],
    description: "1 for a pod that should serve and is not ready. Absent for the others.",
  },
  kube_pod_container_restarts_total: {
    kind: "counter",
    unit: "count",
    labels: CONTAINER,
    description: "Restarts of a container; absent for those that never were.",
  },
  kube_pod_container_waiting: {
    ...perContainer,
    labels: [...CONTAINER, "reason"],
    description: "1 for a container that does not run yet or again, with the reason, as CrashLoopBackOff.",
  },
  kube_pod_container_oom_killed: {
    ...perContainer,
    labels: CONTAINER,
    description: "1 when the container was last ended for want of memory.",
  },
  kube_workload_replicas_desired: { ...perWorkload, description: "Pods the workload should have." },
  kube_workload_replicas_ready: { ...perWorkload, description: "Pods of it that are ready." },
  kube_job_failed: {
    kind: "gauge",
    unit: "count",
    labels: ["namespace", "job"],
    description: "Pods of a job that failed. Absent for jobs without.",
  },
  kube_cronjob_last_success_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["namespace", "cronjob"],
    description: "When a job of it last succeeded.",
  },
  kube_pvc_phase: {
    kind: "gauge",
    unit: "bool",
    labels: ["namespace", "pvc", "phase"],
    description: "1 for the phase a claim is in: Bound, Pending, Lost.",
  },
  kube_volume_used_bytes: { ...perVolume, description: "Used space of a claim's volume." },
  kube_volume_capacity_bytes: { ...perVolume, description: "Size of a claim's volume." },
  kube_warning_events: {
    kind: "gauge",
    unit: "count",
    labels: ["reason"],
    description: "Warnings of the last hour by reason.",
  },
  kube_api_ready: { kind: "gauge", unit: "bool", description: "1 when the API server says that it is ready." },
  kube_api_response_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "How long the API server took to tell its version.",
  },
  kube_certificate_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["certificate"],
    description: "When the certificate ends: api_server, or client for ours.",
  },
  kube_items_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more of a kind than the limit.",
  },
  kube_info: { kind: "info", unit: "count", labels: ["version"], description: "Version of the API server." },
} as const satisfies Metrics;
