import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RulesPage } from "@/components/alerts/rules/RulesPage";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Rules" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await Promise.all([
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
    queryClient.prefetchQuery(trpc.alerts.rule.all.queryOptions()),
    queryClient.prefetchQuery(trpc.alerts.override.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RulesPage />
    </HydrationBoundary>
  );
}
