import { z } from "zod";
import { Matcher, SEVERITIES } from "./rule";

/**
 * What a person decides otherwise than a rule does: for everything, a plugin, a host, an instance or single items of one. The more
 * specific wins, value by value, and every value knows whose it is.
 */

const name = z.string().trim().min(1).max(191);
const seconds = z
  .number()
  .int()
  .min(0)
  .max(366 * 86_400);

export const OverrideScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("plugin"), plugin: name }),
  z.object({ kind: z.literal("host"), host: name }),
  z.object({ kind: z.literal("instance"), instance: name }),
  /** Series of an instance whose labels match: one disk, containers named "build-*". */
  z.object({ kind: z.literal("item"), instance: name, where: z.array(Matcher).min(1).max(20) }),
]);
export type OverrideScope = z.output<typeof OverrideScope>;

export const OverrideDraft = z.object({
  /** The rule it speaks of; null for all of them, which can only be switched off or sent elsewhere. */
  rule: name.nullable(),
  scope: OverrideScope,
  set: z
    .object({
      /** False: it is ignored there. */
      enabled: z.boolean(),
      limit: z.number(),
      upper: z.number(),
      clear: z.number(),
      forSeconds: seconds,
      keepFiringSeconds: seconds,
      severity: z.enum(SEVERITIES),
      channels: z.array(name).max(50),
    })
    .partial(),
  note: z.string().max(1_000).default(""),
});
export type OverrideDraft = z.output<typeof OverrideDraft>;
export interface Override extends OverrideDraft {
  readonly id: string;
}

export const OVERRIDABLE = [
  "enabled",
  "limit",
  "upper",
  "clear",
  "forSeconds",
  "keepFiringSeconds",
  "severity",
  "channels",
] as const;
export type Overridable = (typeof OVERRIDABLE)[number];

/** Where a value comes from: the rule itself, or the override that set it last. */
export type Source = { readonly kind: "rule" } | { readonly kind: OverrideScope["kind"]; readonly override: string };
