import { z } from "zod";

/** What a person decides about a channel. `config` has its kind's own shape; a secret that is kept comes back as `***`. */
export const ChannelDraft = z.object({
  kind: z.string().max(40),
  name: z.string().trim().min(1, "Give it a name.").max(100),
  enabled: z.boolean().default(true),
  config: z.record(z.string(), z.unknown()),
});
export type ChannelDraft = z.output<typeof ChannelDraft>;
