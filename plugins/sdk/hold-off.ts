import type { CollectContext } from "./context";
import { CollectError } from "./errors";

interface Refusal {
  readonly message: string;
  readonly hint: string | undefined;
}

/** Below every lock-out we know of: AdGuard Home forgets a failed login after a minute, Vaultwarden allows three in five. */
const HOLD_SECONDS = 300;
const KEY = "refusedLogin";

/**
 * Does what logs in, and after a refused login not again for five minutes: services lock out an address that tries the same
 * wrong password again and again, and with it the people behind that address. Other settings are tried at once, because the
 * runner then begins with an empty memory.
 *
 * @throws CollectError `auth`, also the remembered one
 */
export async function holdOffLogin<T>(
  { memory, now }: Pick<CollectContext, "memory" | "now">,
  work: () => Promise<T>,
): Promise<T> {
  const refused = memory.recall<Refusal | null>(KEY);
  if (refused?.value && now - refused.at < HOLD_SECONDS * 1_000)
    throw new CollectError("auth", refused.value.message, { hint: refused.value.hint });
  try {
    return await work();
  } catch (error) {
    if (error instanceof CollectError && error.reason === "auth")
      memory.keep(KEY, { message: error.message, hint: error.hint } satisfies Refusal);
    throw error;
  }
}
