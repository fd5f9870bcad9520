import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getServer } from "@/components/data/trpc-server";
import { DataKept, ThisUnity } from "@/components/settings/About";
import { Appearance } from "@/components/settings/Appearance";
import { Reading } from "@/components/settings/Reading";
import { SettingSection } from "@/components/settings/SettingSection";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Settings" };

export default async function Page() {
  const { trpc, queryClient, seesAll } = await getServer();
  if (seesAll) await queryClient.prefetchQuery(trpc.system.about.queryOptions());
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="grid w-full max-w-3xl gap-x-5 gap-y-6 xl:max-w-none xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <SettingSection title="Appearance">
            <Appearance />
          </SettingSection>
          {seesAll ? <ThisUnity /> : null}
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          {seesAll ? <DataKept /> : null}
          <SettingSection title="Documentation">
            <Reading />
          </SettingSection>
        </div>
      </div>
    </HydrationBoundary>
  );
}
