"use client";

import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { serverNow } from "@/components/ui/use-now";
import { extendRange } from "./extend-range";
import { useLive } from "./live";
import { type ChartSelection, rangeKey, type TimeRange, windowOf } from "./time-range";
import { useTRPCClient } from "./trpc";

/** A running window is read again this often: live samples are approximate where a bucket holds several. */
const REREAD_MS = 60_000;

/** A chart's data: fetched for its window, then kept running by live samples. @param enabled false while it is off screen */
export function useRange(selection: ChartSelection, range: TimeRange, intervalMs: number, enabled: boolean) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const running = range.kind === "last";
  const key = JSON.stringify(rangeKey(selection, range));
  const options = queryOptions({
    queryKey: rangeKey(selection, range),
    queryFn: () => client.metrics.range.query({ ...selection, ...windowOf(range, serverNow()) }),
    staleTime: running ? REREAD_MS : Number.POSITIVE_INFINITY,
    // Zooming shows what is there until the finer data come.
    placeholderData: keepPreviousData,
    enabled,
    // Every answer is new; comparing ten thousand numbers to find that out costs more than drawing them.
    structuralSharing: false,
  });

  useEffect(() => {
    if (!running || !enabled) return;
    const queryKey: ReturnType<typeof rangeKey> = JSON.parse(key);
    const read = () => void queryClient.invalidateQueries({ queryKey, exact: true });
    // What came while nobody listened is missing: a chart that scrolls back into view must not show it as a gap.
    const heardAt = queryClient.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
    if (heardAt > 0 && Date.now() - heardAt > intervalMs) read();
    // A timer of its own: the query's starts anew with every live sample, and would never ring.
    const timer = setInterval(() => document.hidden || read(), REREAD_MS);
    const unlisten = listen((message) => {
      queryClient.setQueryData(
        queryKey,
        (old: Parameters<typeof extendRange>[0] | undefined) => old && extendRange(old, message, intervalMs),
      );
    });
    return () => {
      clearInterval(timer);
      unlisten();
    };
  }, [running, enabled, key, intervalMs, listen, queryClient]);

  return useQuery(options);
}
