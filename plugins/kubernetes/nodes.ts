import { z } from "zod";
import { CollectError, toLabel } from "../sdk";
import { type Cluster, cap, listGlobal } from "./cluster";
import { condition, metadata, quantities, text } from "./objects";
import { parseQuantity } from "./quantity";

const Node = z.object({
  metadata: metadata.extend({ labels: z.record(z.string(), z.string()).nullish() }),
  spec: z.object({ unschedulable: z.boolean().nullish() }).nullish(),
  status: z
    .object({
      capacity: quantities,
      allocatable: quantities,
      conditions: z.array(condition).nullish(),
      nodeInfo: z
        .object({ kubeletVersion: text, osImage: text, kernelVersion: text, containerRuntimeVersion: text })
        .nullish(),
    })
    .nullish(),
});
export type Node = z.output<typeof Node>;
const Usage = z.object({ metadata, usage: quantities });

const ROLE = "node-role.kubernetes.io/";

/** Reads the nodes, sorted by name. @returns those shown */
export async function collectNodes(cluster: Cluster): Promise<readonly Node[]> {
  const all = await listGlobal(cluster, Node, "/api/v1/nodes");
  const shown = cap(
    cluster,
    "nodes",
    all.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
  );
  for (const node of shown) reportNode(cluster, node);
  return shown;
}

function reportNode({ report }: Cluster, { metadata: { name }, spec, status }: Node): void {
  const labels = { node: toLabel(name) };
  const conditions = status?.conditions ?? [];
  report(
    "kube_node_ready",
    conditions.some(({ type, status: is }) => type === "Ready" && is === "True") ? 1 : 0,
    labels,
  );
  const others = new Map(
    conditions.filter(({ type }) => type !== "Ready").map((one) => [toLabel(one.type), one.status]),
  );
  for (const [type, is] of others)
    if (is === "True" || is === "False")
      report("kube_node_condition", is === "True" ? 1 : 0, { ...labels, condition: type });
  report("kube_node_unschedulable", spec?.unschedulable ? 1 : 0, labels);
  for (const part of ["capacity", "allocatable"] as const) {
    const cpu = parseQuantity(status?.[part]?.cpu);
    const memory = parseQuantity(status?.[part]?.memory);
    const pods = parseQuantity(status?.[part]?.pods);
    if (cpu !== undefined) report(`kube_node_${part}_cpu_cores`, cpu, labels);
    if (memory !== undefined) report(`kube_node_${part}_memory_bytes`, memory, labels);
    if (pods !== undefined) report(`kube_node_${part}_pods`, pods, labels);
  }
}

/** What the metrics-server says. @returns false where the cluster has none */
export async function collectUsage(cluster: Cluster): Promise<boolean> {
  let usages: z.output<typeof Usage>[];
  try {
    usages = await listGlobal(cluster, Usage, "/apis/metrics.k8s.io/v1beta1/nodes");
  } catch (error) {
    if (error instanceof CollectError && error.reason === "not_found") return false;
    throw error;
  }
  for (const {
    metadata: { name },
    usage,
  } of cap(cluster, "usages", usages)) {
    const labels = { node: toLabel(name) };
    const cpu = parseQuantity(usage?.cpu);
    const memory = parseQuantity(usage?.memory);
    if (cpu !== undefined) cluster.report("kube_node_usage_cpu_cores", cpu, labels);
    if (memory !== undefined) cluster.report("kube_node_usage_memory_bytes", memory, labels);
  }
  return true;
}

export function describeNode({ metadata: { name, labels }, status }: Node) {
  const roles = Object.keys(labels ?? {}).flatMap((label) => (label.startsWith(ROLE) ? label.slice(ROLE.length) : []));
  return {
    node: toLabel(name),
    roles: toLabel(roles.join(", ")),
    kubelet: toLabel(status?.nodeInfo?.kubeletVersion ?? ""),
    os: toLabel(status?.nodeInfo?.osImage ?? ""),
    kernel: toLabel(status?.nodeInfo?.kernelVersion ?? ""),
    runtime: toLabel(status?.nodeInfo?.containerRuntimeVersion ?? ""),
  };
}
