import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RouteEditor } from "@/components/alerts/notifications/RouteEditor";
import { getServer } from "@/components/data/trpc-server";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "New route" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.channels.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="New route" parent={{ href: "/alerts/notifications", name: "Notifications" }} />
      <RouteEditor />
    </HydrationBoundary>
  );
}
