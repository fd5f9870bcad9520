import "server-only";
import { cache } from "react";
import type { ChannelKind, ChannelView } from "@/components/data/outputs";
import { getServer } from "@/components/data/trpc-server";

/** A channel and its kind; null where there is none, or where this version does not know its kind. */
export const loadChannel = cache(async (id: string): Promise<{ channel: ChannelView; kind: ChannelKind } | null> => {
  const { caller } = await getServer();
  const channel = (await caller.channels.list()).find((one) => one.id === id);
  const kind = channel && (await caller.channels.kinds()).find((one) => one.kind === channel.kind);
  return channel && kind ? { channel, kind } : null;
});
