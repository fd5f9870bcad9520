"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Route, RouteInput } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";

/** What is to become of the routes as they are now: somebody else may have changed others meanwhile. */
type Change = (now: readonly Route[]) => readonly RouteInput[];

/** Routes are stored as one list. It is read anew before it is written. */
export function useSetRoutes(told: { onSuccess?(routes: readonly Route[]): void; onError(error: Error): void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const set = useMutation(trpc.notifications.setRoutes.mutationOptions());
  return useMutation({
    mutationFn: async (change: Change) => {
      const now = await queryClient.fetchQuery({ ...trpc.notifications.routes.queryOptions(), staleTime: 0 });
      return set.mutateAsync({ routes: [...change(now)] });
    },
    onError: told.onError,
    onSuccess(routes) {
      queryClient.setQueryData(trpc.notifications.routes.queryKey(), routes);
      told.onSuccess?.(routes);
    },
  });
}

/** A channel's name by its id; undefined where it was removed. */
export function useChannelNames(): (id: string) => string | undefined {
  const trpc = useTRPC();
  const { data: channels = [] } = useQuery(trpc.channels.list.queryOptions());
  return (id) => channels.find((one) => one.id === id)?.name;
}
