"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useLive } from "@/components/data/live";
import { useTRPC } from "@/components/data/trpc";
import { useAddressFilter } from "@/components/data/use-address-filter";
import { type HistoryFilter, historyFilterParams, historyInput, parseHistoryFilter } from "./history-filter";

const IN_ADDRESS = { parse: parseHistoryFilter, write: historyFilterParams };
export const useHistoryFilter = () => useAddressFilter(IN_ADDRESS);

/** Pages of the past, newest first. The first is read again when alerts change; whoever has paged on is left in peace. */
export function useHistory(filter: HistoryFilter, renderedAt: number) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const input = useMemo(() => historyInput(filter, renderedAt), [filter, renderedAt]);
  const query = useInfiniteQuery(
    trpc.alerts.past.infiniteQueryOptions(input, {
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const pages = query.data?.pages.length ?? 0;
  useEffect(() => {
    if (pages > 1) return;
    return listen(({ alerts }) => {
      if (alerts) void queryClient.invalidateQueries(trpc.alerts.past.infiniteQueryFilter(input));
    });
  }, [pages, listen, queryClient, trpc, input]);
  const alerts = useMemo(() => query.data?.pages.flatMap((page) => page.alerts) ?? [], [query.data]);
  return { ...query, alerts, input };
}
