import "server-only";
import { cache } from "react";
import { orNull } from "@/components/data/or-null";
import type { AlertDetail } from "@/components/data/outputs";
import { getServer } from "@/components/data/trpc-server";

/** Puts an alert into the query cache of this request. Null when there is no such alert. */
export const loadAlert = cache(async (id: string): Promise<AlertDetail | null> => {
  const { trpc, queryClient } = await getServer();
  return orNull(queryClient.fetchQuery(trpc.alerts.detail.queryOptions({ id }, { retry: false })));
});
