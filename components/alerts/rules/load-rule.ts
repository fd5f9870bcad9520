import "server-only";
import { cache } from "react";
import { orNull } from "@/components/data/or-null";
import type { RuleAbout } from "@/components/data/outputs";
import { getServer } from "@/components/data/trpc-server";

/** Puts a rule into the query cache of this request. Null when there is no such rule. */
export const loadRule = cache(async (id: string): Promise<RuleAbout | null> => {
  const { trpc, queryClient } = await getServer();
  return orNull(queryClient.fetchQuery(trpc.alerts.rule.about.queryOptions({ id }, { retry: false })));
});
