import type { TRPCError } from "@trpc/server";
import { z } from "zod";
import { type ErrorCode, UnityError } from "../errors";

/** What is told of an error to whoever asked. */
export interface ErrorFacts {
  readonly message: string;
  /** Of Unity's own errors. */
  readonly reason: ErrorCode | undefined;
  /** The field of the input that it is about: "rule.parts.0.limit". */
  readonly field: string | undefined;
}

/** What broke inside is for the log; whoever asked gets a sentence. */
export function factsOf({ code, cause, message }: Pick<TRPCError, "code" | "cause" | "message">): ErrorFacts {
  const own = cause instanceof UnityError ? cause : undefined;
  if (code === "INTERNAL_SERVER_ERROR" && !own)
    return {
      message: "Something went wrong inside Unity. The log has the details.",
      reason: undefined,
      field: undefined,
    };
  // Of a list of everything that is wrong, the first says most.
  const issue = cause instanceof z.core.$ZodError ? cause.issues[0] : undefined;
  return {
    message: own?.message ?? issue?.message ?? message,
    reason: own?.code,
    field: own?.field ?? (issue && issue.path.length > 0 ? issue.path.join(".") : undefined),
  };
}
