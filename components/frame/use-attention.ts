"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLive } from "@/components/data/live";
import type { Attention } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { applyToAttention } from "./attention";

const NOTHING: Attention = { failing: [], degraded: [] };

/** What is wrong now, kept current by live messages. */
export function useAttention(): Attention {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const { data } = useQuery(trpc.alerts.attention.queryOptions());
  useEffect(() => {
    const key = trpc.alerts.attention.queryKey();
    return listen((message) => {
      queryClient.setQueryData(key, (old) => old && applyToAttention(old, message));
      // Added, removed, paused: statuses say nothing of it.
      if (message.changed) void queryClient.invalidateQueries({ queryKey: key });
    });
  }, [listen, queryClient, trpc]);
  return data ?? NOTHING;
}
