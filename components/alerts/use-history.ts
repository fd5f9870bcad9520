"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";
import { useLive } from "@/components/data/live";
import { useTRPC } from "@/components/data/trpc";
import { type HistoryFilter, historyFilterParams, historyInput, parseHistoryFilter } from "./history-filter";

/** In the address: a link finds the same list. */
export function useHistoryFilter() {
  const params = useSearchParams();
  const pathname = usePathname();
  const filter = useMemo(() => parseHistoryFilter(params), [params]);
  const setFilter = useCallback(
    (change: Partial<HistoryFilter>) => {
      // What the browser has now, not what was rendered last: two changes may come in one breath.
      const now = new URLSearchParams(window.location.search);
      const next = historyFilterParams({ ...parseHistoryFilter(now), ...change }, now);
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
    [pathname],
  );
  return { filter, setFilter };
}

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
