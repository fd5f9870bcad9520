import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Firing } from "@/components/alerts/Firing";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Alerts" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.alerts.open.queryOptions()),
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.alerts.history.queryOptions({ events: ["resolved"], limit: 1 })),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Firing renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
