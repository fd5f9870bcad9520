import { z } from "zod";

/** Shapes of what was found on this machine. Instants are epoch milliseconds. */

export const Proposal = z.object({
  /** Names it in `ignore` and `takeBack`, and in the address of the form. */
  key: z.string(),
  plugin: z.string(),
  /** "127.0.0.1:6379", "/run/docker.sock". */
  target: z.string(),
  /** What was seen, in words. */
  why: z.array(z.string()),
  /** Only a usual port speaks for it. */
  likely: z.boolean(),
  /** Nothing in it is secret. */
  config: z.record(z.string(), z.unknown()),
  /** What a person must add; null when it can be added as it is. */
  asks: z.string().nullable(),
  /** A name for its instance, not taken yet. */
  name: z.string(),
});

export const Found = z.object({
  /** When was looked last; null before the first time. */
  at: z.number().nullable(),
  looking: z.boolean(),
  proposals: z.array(Proposal.extend({ pluginName: z.string() })),
  ignored: z.array(
    z.object({ key: z.string(), plugin: z.string(), pluginName: z.string(), target: z.string(), at: z.number() }),
  ),
  /** The overview shall say nothing of it. */
  noticeHidden: z.boolean(),
});
