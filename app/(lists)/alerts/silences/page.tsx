import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getServer } from "@/components/data/trpc-server";
import { SilencesView } from "@/components/silences/SilencesView";

export const metadata: Metadata = { title: "Silences" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.silences.list.queryOptions()),
    queryClient.prefetchQuery(trpc.silences.parents.get.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <SilencesView renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
