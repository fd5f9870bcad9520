"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DeliveryView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { REREAD_MS } from "../notifications/use-delivery-log";

/** The newest message of each channel, by the channel's id; undefined until it is known. */
export function useLatest(): ReadonlyMap<string, DeliveryView> | undefined {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.notifications.latest.queryOptions(undefined, { refetchInterval: REREAD_MS }));
  return useMemo(() => data && new Map(data.map((delivery) => [delivery.channel.id, delivery])), [data]);
}
