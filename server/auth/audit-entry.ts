import { z } from "zod";

export const AUDIT_OUTCOMES = ["done", "refused", "failed"] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

const Plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Plain = z.output<typeof Plain>;

/** One place of what was changed. Where there was nothing, `before` is missing, and `after` where there is nothing now. Secrets are `***`. */
export const AuditChange = z.object({
  /** As "config.headers.Accept" or "routes[Night].channels". */
  path: z.string(),
  before: z.union([Plain, z.array(Plain)]).optional(),
  after: z.union([Plain, z.array(Plain)]).optional(),
});
export type AuditChange = z.output<typeof AuditChange>;

export const AuditDetails = z.object({
  changes: z.array(AuditChange).optional(),
  /** Changes beside these, for which there was no room. */
  moreChanges: z.number().optional(),
  /** Why not. */
  reason: z.string().optional(),
  /** What the API token is called that it came with. */
  token: z.string().optional(),
  /** What else there is to say. */
  facts: z.record(z.string(), Plain).optional(),
  /** So many more like it, before it, were too many to be written. */
  unrecorded: z.number().optional(),
});
export type AuditDetails = z.output<typeof AuditDetails>;

/** A line of the audit log, as the table `audit_log` has it. */
export interface AuditEntry {
  readonly id: string;
  readonly at: number;
  /** Null: nobody was signed in. */
  readonly actorId: string | null;
  /** As it was called then. */
  readonly actor: string | null;
  readonly via: "session" | "token" | "proxy" | "command" | "none";
  readonly address: string | null;
  /** A procedure's path, as "channels.update", or another deed, as "sign-in". */
  readonly action: string;
  readonly outcome: AuditOutcome;
  readonly subjectId: string | null;
  readonly subject: string | null;
  readonly details: AuditDetails;
}
