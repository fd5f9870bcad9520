import { z } from "zod";
import { hours, toLabel } from "../sdk";
import { type Cluster, cap, listAll } from "./cluster";
import { chosen, metadata, text, toSeconds } from "./objects";

const Event = z.object({
  metadata,
  reason: text,
  lastTimestamp: text,
  eventTime: text,
  series: z.object({ lastObservedTime: text }).nullish(),
});

/** Reasons are words of programs, so there may be any number. */
const MAX_REASONS = 50;

/** Counts warnings that happened, or happened again, within the last hour. */
export async function collectWarnings(cluster: Cluster): Promise<void> {
  const query = "&fieldSelector=type%3DWarning";
  const all = await listAll(cluster, Event, { group: "/api/v1", kind: "events", query });
  const since = cluster.context.now / 1_000 - hours(1);
  const counts = new Map<string, number>();
  for (const event of chosen(all, cluster.context.config.excludeNamespaces)) {
    // Newer programs write eventTime and series, older ones lastTimestamp.
    const at = toSeconds(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime);
    const reason = toLabel(event.reason ?? "");
    if (at !== undefined && at >= since) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  for (const [reason, number] of cap(cluster, "reasons", sorted, MAX_REASONS))
    cluster.report("kube_warning_events", number, { reason });
}
