import { initTRPC, TRPCError } from "@trpc/server";
import type { Permission, Visitor } from "../auth/visitor";
import { type ErrorCode, UnityError } from "../errors";
import type { Unity } from "../unity";
import { factsOf } from "./error-facts";
import { type Audit, beginAudit, noteRefusedRead } from "./write-audit";

/** What every procedure is handed. */
export interface Context {
  readonly unity: Unity;
  readonly visitor: Visitor;
}

/** Who may call a procedure: whoever comes, whoever is signed in as a person (never a token), or whoever has a permission. */
export type Access = "everybody" | "self" | Permission;

interface Meta {
  /** Without it nobody may: every procedure is made by one of the functions below. */
  readonly access?: Access;
  /** It is handed what the visitor sees and nothing else: those who see only some tags may call it. */
  readonly filtered?: boolean;
  /** Of a mutation: what the audit log is told of it. A test fails on one that says nothing. */
  readonly audit?: Audit;
}

const TRPC_CODES = {
  not_found: "NOT_FOUND",
  invalid: "BAD_REQUEST",
  conflict: "CONFLICT",
  unavailable: "SERVICE_UNAVAILABLE",
  forbidden: "FORBIDDEN",
  too_many: "TOO_MANY_REQUESTS",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

// No transformer: instants are epoch milliseconds, series are columns, and plain JSON is four times cheaper.
const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    errorFormatter({ shape, error }) {
      const { message, reason, field } = factsOf(error);
      const { code, httpStatus, path } = shape.data;
      return { message, code: shape.code, data: { code, httpStatus, path, reason, field } };
    },
  });

/** Maps Unity's errors to tRPC's, and logs what nobody expected, once. */
const translated = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const cause = result.error.cause;
  if (cause instanceof UnityError) {
    return { ...result, error: new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause }) };
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    ctx.unity.log.error({ err: cause ?? result.error, path }, "a procedure failed");
  return result;
});

/** Every mutation is written down, and every refusal of somebody who is signed in. */
const audited = t.middleware(async ({ next, ctx, path, type, meta, getRawInput }) => {
  if (type !== "mutation") {
    const result = await next();
    if (!result.ok) noteRefusedRead({ ...ctx, path }, result);
    return result;
  }
  // What nobody may send is not even read.
  const isHeard = meta?.access === "everybody" || ctx.visitor.role !== null;
  const input = isHeard ? await getRawInput().catch(() => undefined) : undefined;
  const end = await beginAudit({ ...ctx, path }, isHeard ? meta?.audit : { of: null }, input);
  const result = await next();
  await end(result);
  return result;
});

/** The one place that says no. */
const allowed = t.middleware(({ next, ctx: { visitor }, meta }) => {
  const why = whyNot(meta, visitor);
  if (why) throw new TRPCError(why);
  return next();
});

/** Whatever the procedure does with it, others' instances are not there. For most it is Unity itself. */
const inSight = t.middleware(({ next, ctx }) => next({ ctx: { unity: ctx.unity.seenBy(ctx.visitor) } }));

/** Also of routes beside the procedures. @returns undefined: one may */
export function whyNot(
  meta: Pick<Meta, "access" | "filtered"> | undefined,
  visitor: Visitor,
): { code: "UNAUTHORIZED" | "FORBIDDEN"; message: string } | undefined {
  if (meta?.access === "everybody") return undefined;
  if (visitor.role === null) return { code: "UNAUTHORIZED", message: "Sign in first." };
  if (!meta?.access) return { code: "FORBIDDEN", message: "Nobody may do this." };
  if (meta.access === "self")
    return visitor.via === "session" || visitor.via === "proxy"
      ? undefined
      : { code: "FORBIDDEN", message: "Only a person who is signed in may do this, with no token." };
  if (!visitor.permissions.has(meta.access))
    return { code: "FORBIDDEN", message: `This needs the permission to ${meta.access}, which ${visitor.name} lacks.` };
  if (visitor.tags !== null && !meta.filtered)
    return { code: "FORBIDDEN", message: "This shows more than the instances that you may see." };
  return undefined;
}

export const router = t.router;
/** By what a caller must be allowed to; a test lists them all. */
const procedure = t.procedure.use(audited).use(translated);
export const forEverybody = procedure.meta({ access: "everybody" }).use(allowed);
export const forSelf = procedure.meta({ access: "self" }).use(allowed);
export const toRead = procedure.meta({ access: "read" }).use(allowed);
export const toReadSeen = procedure.meta({ access: "read", filtered: true }).use(allowed).use(inSight);
export const toRespond = procedure.meta({ access: "respond" }).use(allowed);
export const toRespondSeen = procedure.meta({ access: "respond", filtered: true }).use(allowed).use(inSight);
export const toEdit = procedure.meta({ access: "edit" }).use(allowed);
export const toAdminister = procedure.meta({ access: "administer" }).use(allowed);
