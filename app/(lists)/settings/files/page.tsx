import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { FilesView } from "@/components/config/FilesView";
import { getServer } from "@/components/data/trpc-server";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Files" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await queryClient.prefetchQuery(trpc.config.provision.state.queryOptions());
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <FilesView />
    </HydrationBoundary>
  );
}
