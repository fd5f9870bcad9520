import { z } from "zod";
import { CollectError, type Reason } from "../sdk";

/** The library's own words, which have no codes. */
const MEANINGS: readonly (readonly [pattern: RegExp, reason: Reason, saying: string])[] = [
  [/Connection Refused/i, "unreachable", "refused the connection"],
  [/timed out|Timeout/i, "timeout", "did not answer in time"],
  [/not found in master|Server not found/i, "not_found", "is not in the game's list of servers"],
  [/No token provided|Unauthorized|invalid token/i, "auth", "wants a token"],
];

/** Turns what the library threw into a reason. @param where "192.0.2.1:27015" */
export function describeFailure(error: unknown, where: string): CollectError {
  if (error instanceof CollectError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const [, reason, saying] = MEANINGS.find(([pattern]) => pattern.test(said)) ?? [];
  if (reason) return new CollectError(reason, `${where} ${saying}.`, { cause: error });
  const isShape = error instanceof SyntaxError || error instanceof TypeError || error instanceof z.ZodError;
  return new CollectError(isShape ? "parse" : "protocol", `${where} does not answer as this game does.`, {
    cause: error,
  });
}
