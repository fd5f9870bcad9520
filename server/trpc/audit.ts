import { z } from "zod";
import { AUDIT_OUTCOMES } from "../auth/audit-entry";
import { AuditCursor, AuditPage } from "./audit-outputs";
import { router, toAdminister } from "./init";

/** Who did what. */
export const auditRouter = router({
  /** Newest first, a page at a time. */
  list: toAdminister
    .input(
      z
        .object({
          /** Somebody's id or name. */
          actor: z
            .string()
            .max(191)
            .refine((text) => !text.includes("\0"), "No name has this.")
            .optional(),
          /** An action, as "channels.update", or a group of them, as "channels". */
          action: z
            .string()
            .max(191)
            .regex(/^[\w.-]+$/)
            .optional(),
          outcome: z.enum(AUDIT_OUTCOMES).optional(),
          since: z.number().int().min(0).max(8.64e15).optional(),
          /** The `next` of the page before. */
          cursor: AuditCursor.nullish(),
          limit: z.number().int().min(1).max(500).default(100),
        })
        .prefault({}),
    )
    .output(AuditPage)
    .query(async ({ ctx: { unity }, input: { cursor, limit, ...query } }) => {
      const entries = await unity.audit.list({ ...query, before: cursor ?? undefined, limit });
      const last = entries.at(-1);
      return { entries, next: last && entries.length === limit ? { at: last.at, id: last.id } : null };
    }),
});
