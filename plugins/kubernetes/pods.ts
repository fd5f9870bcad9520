import { z } from "zod";
import { toLabel } from "../sdk";
import { type Cluster, cap, listAll } from "./cluster";
import { chosen, condition, count, metadata, text } from "./objects";

const PHASES = ["Pending", "Running", "Succeeded", "Failed", "Unknown"] as const;

const terminated = z.object({ reason: text, exitCode: count }).nullish();
const Container = z.object({
  name: z.string(),
  restartCount: count,
  state: z.object({ waiting: z.object({ reason: text }).nullish(), terminated }).nullish(),
  lastState: z.object({ terminated }).nullish(),
});
type Container = z.output<typeof Container>;

const Pod = z.object({
  metadata: metadata.extend({ deletionTimestamp: text }),
  spec: z.object({ nodeName: text }).nullish(),
  status: z
    .object({
      phase: text,
      reason: text,
      conditions: z.array(condition).nullish(),
      containerStatuses: z.array(Container).nullish(),
      initContainerStatuses: z.array(Container).nullish(),
    })
    .nullish(),
});
type Pod = z.output<typeof Pod>;

/** Reads the pods. Only those with something to tell are reported one by one. @returns the ones that are not ready */
export async function collectPods(cluster: Cluster) {
  const all = await listAll(cluster, Pod, { group: "/api/v1", kind: "pods" });
  const pods = chosen(all, cluster.context.config.excludeNamespaces);
  reportCounts(cluster, pods);
  const notReady = cap(cluster, "pods", pods.filter(isNotReady));
  for (const { metadata: own } of notReady)
    cluster.report("kube_pod_not_ready", 1, { namespace: toLabel(own.namespace ?? ""), pod: toLabel(own.name) });
  reportContainers(cluster, pods);
  return { pods: pods.length, notReady: notReady.map(describePod) };
}

/** Every phase, also at zero, so that a chart falls when the last pod leaves it. */
function reportCounts(cluster: Cluster, pods: readonly Pod[]): void {
  const counts = new Map<string, Map<string, number>>();
  for (const { metadata: own, status } of pods) {
    const namespace = toLabel(own.namespace ?? "");
    const phases = counts.get(namespace) ?? new Map<string, number>();
    const phase = PHASES.find((known) => known === status?.phase) ?? "Unknown";
    phases.set(phase, (phases.get(phase) ?? 0) + 1);
    counts.set(namespace, phases);
  }
  for (const [namespace, phases] of cap(cluster, "namespaces", [...counts]))
    for (const phase of PHASES) cluster.report("kube_pods", phases.get(phase) ?? 0, { namespace, phase });
}

/** One that came to its end, well or not, or is being deleted, will not serve any more. */
function isNotReady({ metadata: own, status }: Pod): boolean {
  if (own.deletionTimestamp || status?.phase === "Succeeded" || status?.phase === "Failed") return false;
  return !(status?.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True");
}

function reportContainers(cluster: Cluster, pods: readonly Pod[]): void {
  const containers = pods.flatMap(({ metadata: own, status }) =>
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].map((container) => ({
      container,
      labels: {
        namespace: toLabel(own.namespace ?? ""),
        pod: toLabel(own.name),
        container: toLabel(container.name),
      },
    })),
  );
  const { report } = cluster;
  for (const { container, labels } of cap(
    cluster,
    "containers",
    containers.filter((one) => isTelling(one.container)),
  )) {
    const restarts = container.restartCount ?? 0;
    if (restarts > 0) report("kube_pod_container_restarts_total", restarts, labels);
    const waiting = container.state?.waiting;
    if (waiting) report("kube_pod_container_waiting", 1, { ...labels, reason: toLabel(waiting.reason ?? "Unknown") });
    if (wasOomKilled(container)) report("kube_pod_container_oom_killed", 1, labels);
  }
}

const wasOomKilled = ({ state, lastState }: Container) =>
  (state?.terminated ?? lastState?.terminated)?.reason === "OOMKilled";

const isTelling = (container: Container) =>
  (container.restartCount ?? 0) > 0 || Boolean(container.state?.waiting) || wasOomKilled(container);

function describePod({ metadata: own, spec, status }: Pod) {
  const waiting = (status?.containerStatuses ?? []).flatMap(({ state }) => state?.waiting?.reason ?? []);
  return {
    pod: toLabel(own.name),
    namespace: toLabel(own.namespace ?? ""),
    node: toLabel(spec?.nodeName ?? ""),
    phase: toLabel(status?.phase ?? ""),
    reason: toLabel(status?.reason ?? waiting[0] ?? ""),
  };
}
