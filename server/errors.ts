/** Every way Unity itself says no. One list, one mapping to tRPC and HTTP (`server/trpc/init.ts`). */
export type ErrorCode = "not_found" | "invalid" | "conflict" | "unavailable" | "forbidden" | "too_many" | "internal";

/** An error for the person or program that asked: says what, where and what to do. `field` points at a form field. */
export class UnityError extends Error {
  override readonly name = "UnityError";
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
  }
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What the driver said; a failed query repeats its whole text, which says less. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error && error.message.startsWith("Failed query"))
    return error.cause.message;
  return messageOf(error);
}
