import { z } from "zod";
import { PERMISSIONS } from "../auth/visitor";

/** Shapes of what is said about API tokens. Instants are epoch milliseconds. */
export const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first letters, to tell it by. */
  prefix: z.string(),
  /** As it was made; what it may do now is never more than what its owner may. */
  scopes: z.array(z.enum(PERMISSIONS)),
  /** Only instances with one of these; null: whatever its owner sees. */
  tags: z.array(z.string()).nullable(),
  createdAt: z.number(),
  /** null: never. */
  expiresAt: z.number().nullable(),
  /** To the minute. */
  lastUsedAt: z.number().nullable(),
  lastUsedFrom: z.string().nullable(),
});
export const OwnedToken = TokenView.extend({ owner: z.object({ id: z.string(), name: z.string() }) });
export const MadeToken = TokenView.extend({
  /** The token itself. It is in this answer and nowhere else. */
  secret: z.string(),
});
