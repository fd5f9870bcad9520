import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/router";

/** Why the server did not do it: a sentence, and the field it speaks of. */
export interface Refusal {
  readonly message: string;
  readonly field: string | null;
}

export function refusalOf(error: unknown): Refusal {
  const known = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>) : undefined;
  // Without data there was no answer: the server is away, or something between is.
  if (!known?.data) return { message: "Unity did not answer. Nothing that you typed is lost: try again.", field: null };
  return { message: known.message, field: known.data.field ?? null };
}
