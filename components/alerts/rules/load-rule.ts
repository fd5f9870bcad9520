import "server-only";
import { cache } from "react";
import type { RuleAbout } from "@/components/data/outputs";
import { getServer } from "@/components/data/trpc-server";

/** Puts a rule into the query cache of this request. Null when there is no such rule. */
export const loadRule = cache(async (id: string): Promise<RuleAbout | null> => {
  const { trpc, queryClient } = await getServer();
  try {
    return await queryClient.fetchQuery(trpc.alerts.rule.about.queryOptions({ id }, { retry: false }));
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
});

/** Two copies of tRPC meet here, so the error is known by its code and not by its class. */
const isNotFound = (error: unknown) =>
  typeof error === "object" && error !== null && "code" in error && error.code === "NOT_FOUND";
