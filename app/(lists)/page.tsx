import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getServer } from "@/components/data/trpc-server";
import { Overview } from "@/components/overview/Overview";
import { parseView, VIEW_COOKIE } from "@/components/overview/view";

// The layout's template is for the segments below it; this page stands beside it.
export const metadata: Metadata = { title: { absolute: "Overview · Unity" } };

export default async function Page() {
  const { trpc, queryClient, seesAll } = await getServer();
  const view = parseView((await cookies()).get(VIEW_COOKIE)?.value);
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.overview.queryOptions()),
    queryClient.prefetchQuery(trpc.alerts.open.queryOptions()),
    seesAll && queryClient.prefetchQuery(trpc.discovery.found.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Overview
        drawn={queryClient.getQueryData(trpc.plugins.overview.queryKey())}
        drawnAlerts={queryClient.getQueryData(trpc.alerts.open.queryKey())}
        initialView={view}
      />
    </HydrationBoundary>
  );
}
