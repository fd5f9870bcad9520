"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ChannelView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";

const NONE: readonly ChannelView[] = [];

/** Channels to choose from, and what one is called, by its id. The function stays the same while the channels do. */
export function useChannels(): { readonly channels: readonly ChannelView[]; nameOf(id: string): string } {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.channels.list.queryOptions());
  const nameOf = useCallback(
    (id: string) => data?.find((channel) => channel.id === id)?.name ?? "a channel that is not there",
    [data],
  );
  return { channels: data ?? NONE, nameOf };
}
