"use client";

import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/data/trpc";
import { useAddressFilter } from "@/components/data/use-address-filter";
import { useToast } from "@/components/ui/Toast";
import { type DeliveryFilter, deliveryFilterParams, deliveryInput, parseDeliveryFilter } from "./delivery-filter";

/** Messages come and are tried again without a word from the server. */
export const REREAD_MS = 5_000;

const IN_ADDRESS = { parse: parseDeliveryFilter, write: deliveryFilterParams };
export const useDeliveryFilter = () => useAddressFilter(IN_ADDRESS);

/** Messages, newest first. The first page is read again; whoever has paged on is left in peace. */
export function useDeliveryLog(filter: DeliveryFilter) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.notifications.log.infiniteQueryOptions(deliveryInput(filter), {
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : REREAD_MS),
    }),
  );
  const deliveries = useMemo(() => query.data?.pages.flatMap((page) => page.deliveries) ?? [], [query.data]);
  return { ...query, deliveries };
}

/** Sends one again that failed, or now that waits. */
export function useRetry() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.notifications.retry.mutationOptions({
      onError: (error) => toast({ tone: "bad", text: error.message }),
      onSettled: () => queryClient.invalidateQueries(trpc.notifications.pathFilter()),
    }),
  );
}
