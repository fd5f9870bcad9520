"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";

/** That an alert fires or ends is told at once; how its value goes on is asked for. */
const REREAD_MS = 10_000;

/** Pending and firing, with values that go on. */
export function useOpenAlerts() {
  const trpc = useTRPC();
  return useQuery(
    trpc.alerts.open.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? REREAD_MS : false),
    }),
  );
}
