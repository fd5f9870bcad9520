import "server-only";
import { cache } from "react";
import type { AlertDetail } from "@/components/data/outputs";
import { getServer } from "@/components/data/trpc-server";

/** Puts an alert into the query cache of this request. Null when there is no such alert. */
export const loadAlert = cache(async (id: string): Promise<AlertDetail | null> => {
  const { trpc, queryClient } = await getServer();
  try {
    return await queryClient.fetchQuery(trpc.alerts.detail.queryOptions({ id }, { retry: false }));
  } catch (error) {
    if (isRefused(error)) return null;
    throw error;
  }
});

/** Nobody made such an id, or it is of none. Two copies of tRPC meet here, so errors are known by their code and not by their class. */
const isRefused = (error: unknown) =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  /^(NOT_FOUND|BAD_REQUEST)$/.test(String(error.code));
