import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AccountView } from "@/components/account/AccountView";
import { getServer } from "@/components/data/trpc-server";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Account" };

export default async function Page() {
  const { trpc, caller, queryClient } = await getServer();
  const [{ provider }] = await Promise.all([
    caller.account.doors(),
    queryClient.prefetchQuery(trpc.account.profile.queryOptions()),
    queryClient.prefetchQuery(trpc.account.sessions.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <AccountView provider={provider} renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
