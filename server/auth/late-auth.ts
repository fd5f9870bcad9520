import type { AuthParts, BetterAuth } from "./better-auth";

/** better-auth, once it is needed. */
export interface LateAuth {
  readonly main: () => Promise<BetterAuth>;
  /** Answers by the part that knows the address. */
  answer(request: Request): Promise<Response>;
}

const PASSKEYS = "/api/auth/passkey/";

/**
 * Its code takes some 10 MB of memory, that of passkeys 10 more, and nobody signs in for weeks: each is loaded when somebody does.
 */
export function createLateAuth(parts: AuthParts): LateAuth {
  const main = once(async () => (await import("./better-auth")).createBetterAuth(parts));
  const passkeys = once(async () => (await import("./passkey-auth")).createPasskeyAuth(parts));
  return {
    main,
    async answer(request) {
      const auth = await (new URL(request.url).pathname.startsWith(PASSKEYS) ? passkeys() : main());
      return auth.handler(request);
    },
  };
}

/** One that failed is tried anew. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
