import { z } from "zod";
import { CollectError, toLabel } from "../sdk";
import { type Cluster, cap, listAll } from "./cluster";
import { chosen, count, metadata, text } from "./objects";

const PHASES = ["Bound", "Pending", "Lost"] as const;

const Claim = z.object({ metadata, status: z.object({ phase: text }).nullish() });

/** The kubelet's /stats/summary, of which only volumes of claims are read. */
const Summary = z.object({
  pods: z
    .array(
      z.object({
        volume: z
          .array(
            z.object({
              pvcRef: z.object({ name: z.string(), namespace: z.string() }).nullish(),
              usedBytes: count,
              capacityBytes: count,
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

/** Nodes asked in one run: each answers in some tens of milliseconds. */
const MAX_NODES = 100;
const NODE_MS = 5_000;
/** After so many that do not answer the rest is left for the next time. */
const MAX_SILENT = 2;

export async function collectClaims(cluster: Cluster): Promise<void> {
  const all = await listAll(cluster, Claim, { group: "/api/v1", kind: "persistentvolumeclaims" });
  for (const { metadata: own, status } of cap(cluster, "claims", chosen(all, cluster.context.config.excludeNamespaces)))
    for (const phase of PHASES)
      cluster.report("kube_pvc_phase", status?.phase === phase ? 1 : 0, {
        namespace: toLabel(own.namespace ?? ""),
        pvc: toLabel(own.name),
        phase,
      });
}

interface Volume {
  readonly namespace: string;
  readonly pvc: string;
  readonly used: number | null | undefined;
  readonly capacity: number | null | undefined;
}

/** Asks the kubelets, through the API server. A claim that several pods mount is told once. */
export async function collectVolumes(cluster: Cluster, nodes: readonly string[]): Promise<void> {
  const seen = new Map<string, Volume>();
  let silent = 0;
  for (const node of cap(cluster, "kubelets", nodes, MAX_NODES)) {
    if (silent >= MAX_SILENT) break;
    const volumes = await askKubelet(cluster, node);
    if (!volumes) silent += 1;
    for (const volume of volumes ?? []) seen.set(`${volume.namespace}/${volume.pvc}`, volume);
  }
  const { namespaces, excludeNamespaces } = cluster.context.config;
  const wanted = [...seen.values()].filter(
    ({ namespace }) =>
      !excludeNamespaces.includes(namespace) && (namespaces.length === 0 || namespaces.includes(namespace)),
  );
  for (const { namespace, pvc, used, capacity } of cap(cluster, "volumes", wanted)) {
    const labels = { namespace: toLabel(namespace), pvc: toLabel(pvc) };
    if (typeof used === "number") cluster.report("kube_volume_used_bytes", used, labels);
    if (typeof capacity === "number") cluster.report("kube_volume_capacity_bytes", capacity, labels);
  }
}

/** Undefined when this kubelet does not answer. @throws CollectError when none will: without the right */
async function askKubelet({ api, context, report }: Cluster, node: string): Promise<Volume[] | undefined> {
  const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`;
  try {
    const { pods } = await api.read(Summary, path, { timeoutMs: NODE_MS });
    return (pods ?? [])
      .flatMap((pod) => pod.volume ?? [])
      .flatMap(({ pvcRef, usedBytes, capacityBytes }) =>
        pvcRef ? [{ namespace: pvcRef.namespace, pvc: pvcRef.name, used: usedBytes, capacity: capacityBytes }] : [],
      );
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    if (error.reason === "permission" || error.reason === "auth") throw error;
    report.partial(error.reason, `Volumes of node ${toLabel(node)}: ${error.message}`);
    return undefined;
  }
}
