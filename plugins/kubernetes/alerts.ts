import { type AlertSpec, minutes } from "../sdk";
import type { metrics } from "./metrics";

type Rule = AlertSpec<keyof typeof metrics>;

/** Reasons that do not pass by themselves. */
const STUCK = [
  ["kube_crashloop", "CrashLoopBackOff", "ends again and again: look at its log"],
  ["kube_image_backoff", "ImagePullBackOff", "cannot start: its image cannot be pulled"],
  ["kube_image_pull", "ErrImagePull", "cannot start: its image cannot be pulled"],
  ["kube_container_config", "CreateContainerConfigError", "cannot start: a ConfigMap or Secret it names is not there"],
] as const;

export const alerts: readonly Rule[] = [
  {
    id: "kube_node_not_ready",
    metric: "kube_node_ready",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "Node {{node}} of {{instance}} is not ready.",
  },
  ...STUCK.map(
    ([id, reason, says]): Rule => ({
      id,
      metric: "kube_pod_container_waiting",
      when: { equals: 1 },
      where: { reason },
      forSeconds: minutes(10),
      severity: "warning",
      summary: `Container {{container}} of {{namespace}}/{{pod}} on {{instance}} ${says}.`,
    }),
  ),
  {
    id: "kube_workload_short",
    metric: "kube_workload_replicas_ready",
    when: { below: { metric: "kube_workload_replicas_desired" } },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{kind}} {{namespace}}/{{name}} on {{instance}} has {{value}} ready pods, fewer than it should.",
  },
  {
    id: "kube_pvc_full",
    metric: "kube_volume_used_bytes",
    when: { above: { metric: "kube_volume_capacity_bytes", times: 0.9 } },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "The volume of claim {{namespace}}/{{pvc}} on {{instance}} is over 90 % full.",
  },
];
