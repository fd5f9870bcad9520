"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Attention } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { serverNow } from "@/components/ui/use-now";

const NOTHING: Attention = { critical: 0, warning: 0, info: 0, changesAt: null, newest: null };
/** The server's clock and this one are not the same to the millisecond. */
const LATE_MS = 500;
/** What a timer can wait for at most. */
const LONGEST_MS = 2_147_483_647;

/** How much fires that nobody has taken note of. Live messages and the end of a snooze have it read again. */
export function useAttention(): Attention {
  const trpc = useTRPC();
  const { data = NOTHING, refetch } = useQuery(trpc.alerts.attention.queryOptions());
  const { changesAt } = data;
  useEffect(() => {
    if (changesAt === null) return;
    const wait = Math.min(LONGEST_MS, Math.max(0, changesAt - serverNow()) + LATE_MS);
    const timer = setTimeout(() => void refetch(), wait);
    return () => clearTimeout(timer);
  }, [changesAt, refetch]);
  return data;
}
