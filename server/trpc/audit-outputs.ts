import { z } from "zod";
import { AUDIT_OUTCOMES, AuditDetails } from "../auth/audit-entry";

export const AuditCursor = z.object({ at: z.number(), id: z.string().max(64) });

const AuditLine = z.object({
  id: z.string(),
  at: z.number(),
  /** Null: nobody was signed in. */
  actorId: z.string().nullable(),
  /** As it was called then. */
  actor: z.string().nullable(),
  via: z.enum(["session", "token", "proxy", "command", "none"]),
  address: z.string().nullable(),
  /** A procedure's path, as "channels.update", or another deed, as "sign-in". */
  action: z.string(),
  outcome: z.enum(AUDIT_OUTCOMES),
  /** What it was done to, and what that was called then. */
  subjectId: z.string().nullable(),
  subject: z.string().nullable(),
  details: AuditDetails,
});

export const AuditPage = z.object({ entries: z.array(AuditLine), next: AuditCursor.nullable() });
