import { z } from "zod";
import { PERMISSIONS } from "./visitor";

/** What a person says of a token before there is one. */
export const TokenDraft = z.object({
  name: z.string().trim().min(1).max(100),
  /** What it may do, of what its owner may. */
  scopes: z
    .array(z.enum(PERMISSIONS))
    .min(1, "Choose at least one thing that it may do.")
    .transform((scopes) => PERMISSIONS.filter((one) => scopes.includes(one))),
  /** Only instances with one of these; null: whatever its owner sees. */
  tags: z.array(z.string().min(1).max(100)).min(1).max(50).nullable().default(null),
  /** Null: it never expires. */
  expiresInDays: z.number().int().min(1).max(3_650).nullable(),
});
export type TokenDraft = z.output<typeof TokenDraft>;
