"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLive } from "@/components/data/live";
import type { InstanceDetail, SeriesInfo } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";

/**
 * A part of an instance's page data. A live message redraws only those who chose what it changed, so `select` is a function that
 * stays the same, and chooses little.
 */
export function useInstance<T>(id: string, select: (detail: InstanceDetail) => T): T | undefined {
  const trpc = useTRPC();
  return useQuery({ ...trpc.plugins.instance.queryOptions({ id }), select }).data;
}

/** What an instance is and how it does: all but its series. */
export type InstanceHead = Omit<InstanceDetail, "series" | "metrics" | "board">;
export function selectHead({ series: _, metrics: __, board: ___, ...head }: InstanceDetail): InstanceHead {
  return head;
}

/** What does not change with a run: which metrics and series there are. */
export type InstanceShape = Pick<InstanceDetail, "plugin" | "board" | "metrics" | "intervalSeconds"> & {
  readonly series: readonly Pick<SeriesInfo, "metric" | "labels">[];
};
export const selectShape = ({ plugin, board, metrics, intervalSeconds, series }: InstanceDetail): InstanceShape => ({
  plugin,
  board,
  metrics,
  intervalSeconds,
  series: series.map(({ metric, labels }) => ({ metric, labels })),
});

export const selectSeries = ({ series }: InstanceDetail) => series;

/** After a burst of new series (the first run, a restarted process) the list of series is read once. */
const REREAD_MS = 1_000;

/**
 * Reads the list of series again when a message brings one that nobody knew: ids ascend, so one above all others is new. It may be
 * another instance's, which costs a read and no more.
 */
export function useNewSeries(id: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const highest = useRef(0);
  useEffect(() => {
    const queryKey = trpc.plugins.instance.queryKey({ id });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unlisten = listen(({ series, statuses }) => {
      const known = queryClient.getQueryData(queryKey)?.series ?? [];
      const before = known.reduce((top, one) => Math.max(top, one.series), highest.current);
      const newest = series.reduce((top, one) => Math.max(top, one), 0);
      highest.current = Math.max(before, newest);
      if (newest <= before || timer || !statuses.some(({ instanceId }) => instanceId === id)) return;
      timer = setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey });
      }, REREAD_MS);
    });
    return () => {
      clearTimeout(timer);
      unlisten();
    };
  }, [id, listen, queryClient, trpc]);
}
