import { CollectError, chart, definePlugin, meter, placeOf, readPartEvery, states, table } from "../sdk";
import { findAccess } from "./access";
import { alerts } from "./alerts";
import { collectApiServer } from "./api-server";
import { type Cluster, openCluster } from "./cluster";
import { config } from "./config";
import { discover } from "./discover";
import { collectWarnings } from "./events";
import { collectCronJobs, collectJobs } from "./jobs";
import { metrics, VOLUME_SECONDS } from "./metrics";
import { collectNodes, collectUsage, describeNode, type Node } from "./nodes";
import { collectPods } from "./pods";
import { collectClaims, collectVolumes } from "./volumes";
import { collectDaemonSets, collectDeployments, collectStatefulSets } from "./workloads";

export default definePlugin({
  id: "kubernetes",
  name: "Kubernetes",
  summary: "Nodes, pods that crash or wait, workloads that are short, jobs, volumes and warnings of a cluster.",
  category: "container",
  tier: 3,
  kind: "network",
  needs: ["A service account that may get and list; the ClusterRole is in the README"],
  intervalSeconds: 60,
  minIntervalSeconds: 15,
  timeoutMs: 45_000,
  config,
  metrics,
  alerts,
  board: [
    meter("kube_pods", "Running pods", { where: { phase: "Running" }, combine: "sum" }),
    meter("kube_pod_not_ready", "Pods not ready", { combine: "sum", warn: 1 }),
    states("kube_node_ready", "Nodes", "node"),
    table({
      title: "Nodes",
      by: "node",
      columns: [
        { metric: "kube_node_usage_cpu_cores", title: "CPU used" },
        { metric: "kube_node_allocatable_cpu_cores", title: "CPU" },
        { metric: "kube_node_usage_memory_bytes", title: "Memory used" },
        { metric: "kube_node_allocatable_memory_bytes", title: "Memory" },
      ],
    }),
    table({
      title: "Workloads",
      by: "name",
      columns: [
        { metric: "kube_workload_replicas_ready", title: "Ready" },
        { metric: "kube_workload_replicas_desired", title: "Desired" },
      ],
      sort: { metric: "kube_workload_replicas_ready", ascending: true },
    }),
    table({
      title: "Restarts",
      by: "pod",
      columns: [{ metric: "kube_pod_container_restarts_total", title: "Restarts" }],
    }),
    table({
      title: "Volumes",
      by: "pvc",
      columns: [
        { metric: "kube_volume_used_bytes", title: "Used" },
        { metric: "kube_volume_capacity_bytes", title: "Size" },
      ],
    }),
    chart("CPU of nodes", ["kube_node_usage_cpu_cores"]),
    chart("Memory of nodes", ["kube_node_usage_memory_bytes"]),
    chart("Pods", ["kube_pods"], { stacked: true }),
    chart("Warnings of the last hour", ["kube_warning_events"], { stacked: true }),
    chart("API server", ["kube_api_response_duration_seconds"]),
  ],
  help: {
    auth: "The token or the certificate is not valid any more: make a new one (see the README).",
    permission: "Apply the ClusterRole of the README, and bind it to the account of the token.",
    tls: "Use the certificate authority of the kubeconfig: certificate-authority-data.",
    not_found: "Check the address, the file, and the context of the kubeconfig.",
    unreachable: "Check that the API server runs, and that this machine reaches its port, mostly 6443.",
    parse: "Check that the address is a Kubernetes API server's.",
    timeout: "The API server or its etcd is overloaded, or a firewall drops the connection.",
    missing_tool: "Install the program the kubeconfig names, or use the token of a service account.",
    unsupported_version: "Use a token or a client certificate.",
  },
  discover,
  target: ({ server, inCluster, kubeconfigPath, context }) =>
    server ? placeOf(server) : inCluster ? "this cluster" : (kubeconfigPath ?? (context || "kubeconfig")),
  async collect(context, report) {
    const access = await findAccess(context);
    const cluster = openCluster(context, report, access);
    const version = await collectApiServer(cluster, access);
    const seen = await collectParts(cluster);
    const { collectVolumes: wantsVolumes } = context.config;
    if (wantsVolumes)
      await readPartEvery(context, report, { key: "volumes", seconds: VOLUME_SECONDS }, () =>
        collectVolumes(
          cluster,
          seen.nodes.map(({ metadata: { name } }) => name),
        ),
      );
    report("kube_items_truncated", cluster.truncated.size > 0 ? 1 : 0);
    report.inventory({
      facts: {
        version,
        nodes: seen.nodes.length,
        pods: seen.pods,
        ...(seen.hasUsage === undefined ? {} : { metricsServer: seen.hasUsage }),
      },
      lists: { nodes: seen.nodes.map(describeNode), notReady: seen.notReady },
    });
  },
});

/** Each kind by itself: an account may see some and not others. @throws CollectError when it sees none */
async function collectParts(cluster: Cluster) {
  const problems: CollectError[] = [];
  let nodes: readonly Node[] = [];
  let pods: Awaited<ReturnType<typeof collectPods>> = { pods: 0, notReady: [] };
  let hasUsage: boolean | undefined;
  const parts: readonly (() => Promise<unknown>)[] = [
    async () => {
      nodes = await collectNodes(cluster);
    },
    async () => {
      pods = await collectPods(cluster);
    },
    () => collectDeployments(cluster),
    () => collectStatefulSets(cluster),
    () => collectDaemonSets(cluster),
    () => collectJobs(cluster),
    () => collectCronJobs(cluster),
    () => collectClaims(cluster),
    () => collectWarnings(cluster),
  ];
  for (const part of parts) {
    const problem = await attempt(cluster, part);
    // A token that is not accepted is so for every kind; a server that is silent from the start will not tell of the others.
    if (problem?.reason === "auth" || (problem && problems.length === 0 && isSilence(problem))) throw problem;
    if (problem) problems.push(problem);
  }
  const [first] = problems;
  if (first && problems.length === parts.length) throw first;
  const { collectMetrics } = cluster.context.config;
  const problem = collectMetrics
    ? await attempt(cluster, async () => {
        hasUsage = await collectUsage(cluster);
      })
    : undefined;
  if (problem) problems.push(problem);
  for (const { reason, message } of problems) cluster.report.partial(reason, message);
  return { nodes, hasUsage, ...pods };
}

const isSilence = ({ reason }: CollectError) => reason === "timeout" || reason === "unreachable";

/** @returns what went wrong, if that is for the caller to judge */
async function attempt({ context }: Cluster, part: () => Promise<unknown>): Promise<CollectError | undefined> {
  try {
    await part();
    return undefined;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return error;
  }
}
