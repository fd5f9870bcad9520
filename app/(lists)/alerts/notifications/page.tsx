import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { LAST_MESSAGES } from "@/components/alerts/notifications/last-messages";
import { NotificationsPage } from "@/components/alerts/notifications/NotificationsPage";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Notifications" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.channels.list.queryOptions()),
    queryClient.prefetchQuery(trpc.notifications.routes.queryOptions()),
    queryClient.prefetchQuery(trpc.notifications.settings.queryOptions()),
    queryClient.prefetchQuery(trpc.notifications.canary.queryOptions()),
    queryClient.prefetchQuery(trpc.notifications.log.queryOptions(LAST_MESSAGES)),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <NotificationsPage renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
