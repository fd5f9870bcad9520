import "server-only";
import { cache } from "react";
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
  try {
    return await queryClient.fetchQuery(trpc.plugins.instance.queryOptions({ id }, { retry: false }));
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
});

/** Two copies of tRPC meet here, so the error is known by its code and not by its class. */
const isNotFound = (error: unknown) =>
  typeof error === "object" && error !== null && "code" in error && error.code === "NOT_FOUND";

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
