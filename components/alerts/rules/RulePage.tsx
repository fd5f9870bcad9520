"use client";

import { useQuery } from "@tanstack/react-query";
import { useMe } from "@/components/account/use-me";
import { useTRPC } from "@/components/data/trpc";
import { ErrorState } from "@/components/ui/ErrorState";
import { Skeleton } from "@/components/ui/Skeleton";
import { OwnRulePage } from "./OwnRulePage";
import { PluginRulePage } from "./PluginRulePage";

/** The page of one rule: a person's is edited, a plugin's own is changed for parts of what it watches. Who may not edit reads either. */
export function RulePage({ id }: { id: string }) {
  const trpc = useTRPC();
  const { may } = useMe();
  const { data: about, error } = useQuery(trpc.alerts.rule.about.queryOptions({ id }));
  if (!about)
    return error ? (
      <ErrorState title="The rule could not be read" message={error.message} />
    ) : (
      <Skeleton className="h-96 rounded-xl" />
    );
  return about.rule.origin === "plugin" || !may("edit") ? (
    <PluginRulePage about={about} />
  ) : (
    <OwnRulePage about={about} />
  );
}
