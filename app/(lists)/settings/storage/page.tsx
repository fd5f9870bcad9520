import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getServer } from "@/components/data/trpc-server";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { StorageView } from "@/components/storage/StorageView";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Storage" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await queryClient.prefetchQuery(trpc.storage.overview.queryOptions());
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <StorageView />
    </HydrationBoundary>
  );
}
