import type { TRPCError } from "@trpc/server";
import type { AuditDetails, AuditOutcome } from "../auth/audit-entry";
import { diff } from "../auth/diff";
import type { Visitor } from "../auth/visitor";
import type { AuditSubject } from "../describe/audited";
import { UnityError } from "../errors";
import type { Unity } from "../unity";

type Input = Readonly<Record<string, unknown>>;

/** What the audit log is told of a mutation, beside who called it and how it ended. */
export type Audit =
  | {
      /** What it is done to: looked for by the `id` that goes in or comes out, and compared before and after. Null: nothing that has a name. */
      readonly of: keyof Unity["describe"]["audited"] | null;
      /** Calls that change nothing, and are written only when they are refused. */
      readonly unless?: (input: Input) => boolean;
    }
  /** It is not written, and why it need not be. */
  | { readonly none: string };

interface Call {
  readonly unity: Pick<Unity, "audit" | "describe" | "accounts" | "log">;
  readonly visitor: Visitor;
  readonly path: string;
}
type Result = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: TRPCError };

/**
 * Looks at what a mutation is about to change. Nothing that goes wrong here keeps it from happening. @returns what its end is told to; it
 * waits for the second look, not for what is written
 */
export async function beginAudit(
  call: Call,
  audit: Audit | undefined,
  given: unknown,
): Promise<(result: Result) => Promise<void>> {
  const input = isRecord(given) ? given : {};
  // What nobody declared is written all the same.
  const of = audit && "of" in audit ? audit.of : null;
  const look = async (id: string): Promise<AuditSubject | undefined> =>
    of === null ? undefined : attempt(call, () => call.unity.describe.audited[of](id, call.visitor));
  const asked = textOf(input.id) ?? textOf(input.key) ?? "";
  const before = await look(asked);
  const end = async (result: Result): Promise<void> => {
    const outcome = outcomeOf(result);
    if (audit && outcome !== "refused" && ("none" in audit || audit.unless?.(input))) return;
    const made = result.ok && isRecord(result.data) ? textOf(result.data.id) : undefined;
    const after = outcome === "refused" ? before : await look(made ?? asked);
    const { changes, more } = diff(before?.view, after?.view);
    const subject = after ?? before ?? { id: made ?? (asked || null), name: null };
    writeDeed(call, {
      outcome,
      subject: { id: subject.id || null, name: subject.name },
      details: {
        ...(changes.length > 0 ? { changes } : {}),
        ...(more > 0 ? { moreChanges: more } : {}),
        ...(result.ok ? {} : { reason: reasonOf(result.error) }),
      },
    });
  };
  return (result) => attempt(call, () => end(result));
}

/** Somebody who is signed in asked for what is not for him. Of nobody it says nothing: that is how a page finds out that it must sign in. */
export function noteRefusedRead(call: Call, result: Result): void {
  if (result.ok || call.visitor.role === null || outcomeOf(result) !== "refused") return;
  writeDeed(call, { outcome: "refused", details: { reason: reasonOf(result.error) } });
}

interface Ended {
  readonly outcome: AuditOutcome;
  readonly subject?: { readonly id: string | null; readonly name: string | null };
  readonly details: AuditDetails;
}
/** Into the audit log, with the name of the token that it came with. Not only procedures are deeds: `path` is what it is called. */
export function writeDeed(
  { unity, visitor, path }: Pick<Call, "visitor" | "path"> & { unity: Pick<Unity, "audit" | "accounts"> },
  { outcome, subject, details }: Ended,
): void {
  const token = visitor.via === "token" ? unity.accounts.tokens.get(visitor.credentialId ?? "")?.name : undefined;
  unity.audit.record({
    who: visitor,
    action: path,
    outcome,
    subject,
    details: token === undefined ? details : { ...details, token },
  });
}

function outcomeOf(result: Result): AuditOutcome {
  if (result.ok) return "done";
  return result.error.code === "FORBIDDEN" || result.error.code === "UNAUTHORIZED" ? "refused" : "failed";
}

/** What people are told as well; what broke inside is for the log. */
function reasonOf(error: TRPCError): string {
  if (error.cause instanceof UnityError) return error.cause.message;
  if (error.code === "FORBIDDEN" || error.code === "UNAUTHORIZED") return error.message;
  return error.code === "BAD_REQUEST" ? "What was sent is not valid." : "Something went wrong inside Unity.";
}

async function attempt<T>({ unity, path }: Call, work: () => T): Promise<Awaited<T> | undefined> {
  try {
    return await work();
  } catch (error) {
    unity.log.warn({ err: error, path }, "a deed could not be looked at for the audit log");
    return undefined;
  }
}

const isRecord = (value: unknown): value is Input => typeof value === "object" && value !== null;
const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
