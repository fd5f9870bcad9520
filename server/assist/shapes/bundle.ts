import { z } from "zod";

/** Most tokens that a bundle may have. */
export const BUDGETS = [8_000, 32_000, 128_000] as const;
export const NAMES = ["real", "pseudonyms"] as const;
export const BUNDLE_FORMATS = ["markdown", "jsonl"] as const;

/** The parts of a bundle in order of worth: what is first is left out last. */
export const SECTIONS = [
  "firing",
  "trouble",
  "instance",
  "forecast",
  "certificate",
  "backup",
  "ups",
  "smart",
  "host",
  "container",
  "mover",
  "timeline",
  "metric",
  "inventory",
  "unit",
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** A time of a Unity as one text for whoever reads it, a person or a language model. */
export const Bundle = z.object({
  /** What a file of it is called. */
  name: z.string(),
  format: z.enum(BUNDLE_FORMATS),
  /** Epoch milliseconds. */
  from: z.number(),
  to: z.number(),
  /** As `estimateTokens` counts them; never more than `budget`. */
  tokens: z.number(),
  budget: z.number(),
  names: z.enum(NAMES),
  /** What is in it, and how much there was no room for. */
  sections: z.array(z.object({ name: z.enum(SECTIONS), title: z.string(), lines: z.number(), leftOut: z.number() })),
  /** Markdown with one fenced block of JSON lines a section, or the JSON lines alone. */
  text: z.string(),
});
export type Bundle = z.output<typeof Bundle>;
