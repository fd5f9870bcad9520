import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AssistantsView } from "@/components/assistants/AssistantsView";
import { getServer } from "@/components/data/trpc-server";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Assistants" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await queryClient.prefetchQuery(trpc.assist.settings.queryOptions());
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <AssistantsView />
    </HydrationBoundary>
  );
}
