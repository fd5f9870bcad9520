import type { z } from "zod";
import { CollectError, errorCode } from "../../../plugins/sdk/errors";
import type { Case } from "../../../plugins/sdk/golden-case";

/** The `world` of a case as it is written in its file. */
export type World = NonNullable<z.input<typeof Case>["world"]>;
export type RecordedStream = NonNullable<World["streams"]>[number];
/** A failure as a case writes it down. */
export type RecordedFault = Extract<RecordedStream["steps"], { error: unknown }>;

export function describeFault(error: unknown): RecordedFault {
  if (!(error instanceof CollectError)) return { error: "internal", message: String(error) };
  const { reason, message, hint, cause, elapsedMs } = error;
  const code = errorCode(cause);
  return {
    error: reason,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(code === "" ? {} : { code }),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
  };
}
