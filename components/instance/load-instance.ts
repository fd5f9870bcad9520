import "server-only";
import { cache } from "react";
import { orNull } from "@/components/data/or-null";
import type { InstanceDetail } from "@/components/data/outputs";
import { getServer } from "@/components/data/trpc-server";
import { RUNS_SHOWN, type Tab } from "./tabs";

/** Puts an instance and what its tab shows first into the query cache of this request. Null when there is no such instance. */
export async function loadInstance(id: string, tab?: Tab): Promise<InstanceDetail | null> {
  const detail = await readDetail(id);
  if (detail && tab) await prefetchTab(detail, tab);
  return detail;
}

const readDetail = cache(async (id: string): Promise<InstanceDetail | null> => {
  const { trpc, queryClient } = await getServer();
  return orNull(queryClient.fetchQuery(trpc.plugins.instance.queryOptions({ id }, { retry: false })));
});

async function prefetchTab({ id, plugin }: InstanceDetail, tab: Tab): Promise<void> {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.runs.queryOptions({ id, limit: 1 })),
    tab === "runs" && queryClient.prefetchQuery(trpc.plugins.runs.queryOptions({ id, limit: RUNS_SHOWN })),
    tab === "inventory" && queryClient.prefetchQuery(trpc.plugins.inventory.queryOptions({ id })),
    tab === "alerts" && queryClient.prefetchQuery(trpc.alerts.effective.queryOptions({ instance: id })),
    tab === "alerts" && queryClient.prefetchQuery(trpc.alerts.override.list.queryOptions()),
    tab === "alerts" && queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    tab === "alerts" && queryClient.prefetchQuery(trpc.alerts.open.queryOptions()),
    tab === "settings" && queryClient.prefetchQuery(trpc.plugins.definition.queryOptions({ id: plugin })),
  ]);
}
