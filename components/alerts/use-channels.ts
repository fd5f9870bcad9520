"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useMe } from "@/components/account/use-me";
import type { ChannelView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";

const NONE: readonly ChannelView[] = [];

/**
 * Channels to choose from, and what one is called, by its id. The function stays the same while the channels do. Who sees only some
 * instances is not told where others are told.
 */
export function useChannels(): { readonly channels: readonly ChannelView[]; nameOf(id: string): string } {
  const trpc = useTRPC();
  const { seesAll } = useMe();
  const { data } = useQuery(trpc.channels.list.queryOptions(undefined, { enabled: seesAll }));
  const nameOf = useCallback(
    (id: string) =>
      data?.find((channel) => channel.id === id)?.name ?? (seesAll ? "a channel that is not there" : "a channel"),
    [data, seesAll],
  );
  return { channels: data ?? NONE, nameOf };
}
