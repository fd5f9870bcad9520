"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLive } from "@/components/data/live";
import { useTRPC } from "@/components/data/trpc";

/** An instance that is collected every second must not be asked about as often. */
const REREAD_MS = 2_000;

/** The latest runs, newest first, read again after each run. */
export function useRuns(id: string, limit: number) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { listen } = useLive();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unlisten = listen(({ statuses }) => {
      if (timer || !statuses.some(({ instanceId }) => instanceId === id)) return;
      const read = () => {
        timer = undefined;
        void queryClient.invalidateQueries(trpc.plugins.runs.queryFilter({ id, limit }));
      };
      timer = setTimeout(read, REREAD_MS);
    });
    return () => {
      clearTimeout(timer);
      unlisten();
    };
  }, [id, limit, listen, queryClient, trpc]);
  return useQuery(trpc.plugins.runs.queryOptions({ id, limit }));
}
