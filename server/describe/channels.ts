import { z } from "zod";
import { maskChannel, type StoredChannel } from "../alerts/channel-book";
import { findChannelKind } from "../alerts/channel-kinds";
import type { Channel } from "../alerts/channels/channel";
import type { ChannelKind, ChannelView } from "../trpc/channel-outputs";

export const describeChannelKind = ({ kind, title, help, setup, config }: Channel): z.output<typeof ChannelKind> => ({
  kind,
  title,
  help,
  setup: [...setup],
  form: z.toJSONSchema(config, { io: "input", unrepresentable: "any" }),
});

/** As everybody may see it: without its secrets. */
export function describeChannel(channel: StoredChannel): z.output<typeof ChannelView> {
  const { config, ...rest } = maskChannel(channel);
  return { ...rest, config: { ...config }, kindTitle: findChannelKind(channel.kind)?.title ?? channel.kind };
}
