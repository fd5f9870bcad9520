import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getServer } from "@/components/data/trpc-server";
import { About } from "@/components/settings/About";
import { Appearance } from "@/components/settings/Appearance";
import { Reading } from "@/components/settings/Reading";
import { SettingSection } from "@/components/settings/SettingSection";
import { PageHeader } from "@/components/ui/PageHeader";

export const metadata: Metadata = { title: "Settings" };

export default async function Page() {
  const { trpc, queryClient } = await getServer();
  await queryClient.prefetchQuery(trpc.system.about.queryOptions());
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="flex w-full max-w-3xl flex-col gap-6">
        <PageHeader title="Settings" />
        <SettingSection title="Appearance">
          <Appearance />
        </SettingSection>
        <About />
        <SettingSection title="Reading">
          <Reading />
        </SettingSection>
      </div>
    </HydrationBoundary>
  );
}
