import { z } from "zod";
import { toLabel } from "../sdk";
import { type Cluster, cap, listAll } from "./cluster";
import { chosen, count, metadata } from "./objects";

const Replicated = z.object({
  metadata,
  spec: z.object({ replicas: count }).nullish(),
  status: z.object({ readyReplicas: count }).nullish(),
});
const Daemon = z.object({
  metadata,
  status: z.object({ desiredNumberScheduled: count, numberReady: count }).nullish(),
});

interface Workload {
  readonly metadata: z.output<typeof metadata>;
  readonly desired: number;
  readonly ready: number;
}

const GROUP = "/apis/apps/v1";

export const collectDeployments = (cluster: Cluster) => collectReplicated(cluster, "deployments", "Deployment");
export const collectStatefulSets = (cluster: Cluster) => collectReplicated(cluster, "statefulsets", "StatefulSet");

export async function collectDaemonSets(cluster: Cluster): Promise<void> {
  const all = await listAll(cluster, Daemon, { group: GROUP, kind: "daemonsets" });
  const workloads = all.map(({ metadata: own, status }) => ({
    metadata: own,
    desired: status?.desiredNumberScheduled ?? 0,
    ready: status?.numberReady ?? 0,
  }));
  reportWorkloads(cluster, "DaemonSet", workloads);
}

/** Without a number in its spec it should have one pod. */
async function collectReplicated(cluster: Cluster, kind: string, label: string): Promise<void> {
  const all = await listAll(cluster, Replicated, { group: GROUP, kind });
  const workloads = all.map(({ metadata: own, spec, status }) => ({
    metadata: own,
    desired: spec?.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
  }));
  reportWorkloads(cluster, label, workloads);
}

function reportWorkloads(cluster: Cluster, kind: string, workloads: readonly Workload[]): void {
  const wanted = chosen(workloads, cluster.context.config.excludeNamespaces);
  for (const { metadata: own, desired, ready } of cap(cluster, kind, wanted)) {
    const labels = { kind, namespace: toLabel(own.namespace ?? ""), name: toLabel(own.name) };
    cluster.report("kube_workload_replicas_desired", desired, labels);
    cluster.report("kube_workload_replicas_ready", ready, labels);
  }
}
