import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Alerts } from "@/components/alerts/Alerts";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Alerts" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.alerts.rules.queryOptions({})),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Alerts renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
