"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { SettingSection } from "@/components/settings/SettingSection";
import { ErrorState } from "@/components/ui/ErrorState";
import { Skeleton } from "@/components/ui/Skeleton";
import { Commands } from "./Commands";
import { LastBackup } from "./LastBackup";
import { MakeBackup } from "./MakeBackup";
import { WhatIsIn } from "./WhatIsIn";

/** Everything in one file, and back. */
export function BackupView() {
  const { data: facts, error } = useQuery(useTRPC().backup.overview.queryOptions());
  return (
    <div className="grid w-full max-w-3xl gap-x-5 gap-y-6 xl:max-w-none xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-6">
        <SettingSection title="Make a backup">
          <MakeBackup />
        </SettingSection>
        <SettingSection title="The last one">
          {facts ? (
            <LastBackup facts={facts} />
          ) : error ? (
            <ErrorState title="The last backup is not known" message={error.message} />
          ) : (
            <Skeleton className="h-28 rounded-xl" />
          )}
        </SettingSection>
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <SettingSection title="What is in it">
          <WhatIsIn />
        </SettingSection>
        <Commands file={facts?.last?.name ?? "unity-backup.unity"} />
      </div>
    </div>
  );
}
