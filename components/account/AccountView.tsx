"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { SettingSection } from "@/components/settings/SettingSection";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { Skeleton } from "@/components/ui/Skeleton";
import { Passkeys } from "./Passkeys";
import { Profile } from "./Profile";
import { Sessions } from "./Sessions";
import { SigningIn } from "./SigningIn";
import { useMe } from "./use-me";

/** What is one's own. @param renderedAt what the server took for now. Epoch milliseconds */
export function AccountView({ provider, renderedAt }: { provider: string | null; renderedAt: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { me } = useMe();
  const { data: profile, error } = useQuery(trpc.account.profile.queryOptions());
  const refresh = () => void queryClient.invalidateQueries(trpc.account.pathFilter());
  if (!profile)
    return error ? (
      <ErrorState title="Your account could not be read" message={error.message} />
    ) : (
      <Skeleton className="h-96 rounded-xl" />
    );
  const byProxy = me?.via === "proxy";
  return (
    <div className="grid w-full max-w-3xl gap-x-5 gap-y-6 xl:max-w-none xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-6">
        <Profile profile={profile} />
        {byProxy ? <ByProxy /> : <SigningIn profile={profile} provider={provider} refresh={refresh} />}
      </div>
      {byProxy ? null : (
        <div className="flex min-w-0 flex-col gap-6">
          <Passkeys renderedAt={renderedAt} />
          <Sessions renderedAt={renderedAt} />
        </div>
      )}
    </div>
  );
}

function ByProxy() {
  return (
    <SettingSection title="Signing in">
      <Card padding="none">
        <EmptyState icon="lock" title="Your reverse proxy signs you in">
          Passwords, second factors and signing out are its own: Unity believes whom it names.
        </EmptyState>
      </Card>
    </SettingSection>
  );
}
