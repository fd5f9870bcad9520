import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getServer } from "@/components/data/trpc-server";
import { InstanceList } from "@/components/instances/InstanceList";

export const metadata: Metadata = { title: "Instances" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await queryClient.prefetchQuery(trpc.plugins.instances.queryOptions());
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <InstanceList drawn={queryClient.getQueryData(trpc.plugins.instances.queryKey())} renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
