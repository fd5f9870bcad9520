import { z } from "zod";
import { CollectError, toLabel } from "../sdk";
import { type Cluster, cap, listAll } from "./cluster";
import { chosen, count, metadata, text, toSeconds } from "./objects";

const Job = z.object({ metadata, status: z.object({ failed: count }).nullish() });
const CronJob = z.object({ metadata, status: z.object({ lastSuccessfulTime: text }).nullish() });

const GROUP = "/apis/batch/v1";

export async function collectJobs(cluster: Cluster): Promise<void> {
  const all = await listAll(cluster, Job, { group: GROUP, kind: "jobs" });
  const failed = chosen(all, cluster.context.config.excludeNamespaces).filter(
    ({ status }) => (status?.failed ?? 0) > 0,
  );
  for (const { metadata: own, status } of cap(cluster, "jobs", failed))
    cluster.report("kube_job_failed", status?.failed ?? 0, {
      namespace: toLabel(own.namespace ?? ""),
      job: toLabel(own.name),
    });
}

/** Kubernetes before 1.21 has them in another group, and there they do not tell of success. */
export async function collectCronJobs(cluster: Cluster): Promise<void> {
  let all: z.output<typeof CronJob>[];
  try {
    all = await listAll(cluster, CronJob, { group: GROUP, kind: "cronjobs" });
  } catch (error) {
    if (error instanceof CollectError && error.reason === "not_found") return;
    throw error;
  }
  for (const { metadata: own, status } of cap(
    cluster,
    "cronjobs",
    chosen(all, cluster.context.config.excludeNamespaces),
  )) {
    const at = toSeconds(status?.lastSuccessfulTime);
    if (at !== undefined)
      cluster.report("kube_cronjob_last_success_timestamp_seconds", at, {
        namespace: toLabel(own.namespace ?? ""),
        cronjob: toLabel(own.name),
      });
  }
}
