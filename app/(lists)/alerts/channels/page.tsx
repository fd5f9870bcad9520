import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ChannelsPage } from "@/components/alerts/channels/ChannelsPage";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Channels" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.channels.list.queryOptions()),
    queryClient.prefetchQuery(trpc.notifications.latest.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ChannelsPage renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
