import { z } from "zod";

/** A kind of channel, with all that is wanted to set one up. */
export const ChannelKind = z.object({
  kind: z.string(),
  title: z.string(),
  help: z.string(),
  /** What to make at the service and what to fill in: a step each. */
  setup: z.array(z.string()),
  /** JSON Schema of its settings, as plugins' forms. */
  form: z.record(z.string(), z.unknown()),
});

export const ChannelView = z.object({
  id: z.string(),
  kind: z.string(),
  /** Of its kind; the kind itself where this version does not know it. */
  kindTitle: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  /** Secrets that are set are `***`. */
  config: z.record(z.string(), z.unknown()),
  createdAt: z.number(),
  updatedAt: z.number(),
});

/** What came of a test: the service's own words, without secrets. */
export const ChannelTest = z.object({
  ok: z.boolean(),
  answer: z.string(),
  /** Of a failure: it may go better later. */
  again: z.boolean(),
});
