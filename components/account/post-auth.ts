/** What came of asking to be let in. */
export type AuthAnswer<T = unknown> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly field: string | null };

/** What better-auth says, in our words. */
const WORDS: Readonly<Record<string, string | undefined>> = {
  INVALID_USERNAME_OR_PASSWORD: "The name or the password is not right.",
  INVALID_PASSWORD: "This is not your password.",
  PASSWORD_TOO_SHORT: "A password has 10 to 200 characters.",
  PASSWORD_TOO_LONG: "A password has 10 to 200 characters.",
  INVALID_CODE: "This code is not right. Codes change every 30 seconds; also look at the clock of your phone.",
  INVALID_BACKUP_CODE: "This recovery code is not right, or was used before.",
  INVALID_TWO_FACTOR_COOKIE: "This took too long. Begin again with your password.",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "Too many wrong codes. Begin again with your password.",
  ACCOUNT_TEMPORARILY_LOCKED: "Too many wrong codes. Codes are accepted again in 15 minutes.",
  SESSION_NOT_FRESH: "You signed in more than a day ago. Sign out and in again, then add the passkey.",
  PASSKEY_NOT_FOUND: "Unity does not know this passkey.",
  INVALID_USERNAME: "The name or the password is not right.",
  USERNAME_TOO_SHORT: "The name or the password is not right.",
  USERNAME_TOO_LONG: "The name or the password is not right.",
};

/** Asks one of `server/auth/endpoints.ts`, or makes the first admin. Never throws. */
export async function postAuth<T = unknown>(path: string, body?: object): Promise<AuthAnswer<T>> {
  try {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) };
    return await read<T>(await fetch(path, init));
  } catch {
    return { ok: false, code: "AWAY", message: "Unity does not answer. Try again in a moment.", field: null };
  }
}

export async function getAuth<T>(path: string): Promise<AuthAnswer<T>> {
  try {
    return await read<T>(await fetch(path));
  } catch {
    return { ok: false, code: "AWAY", message: "Unity does not answer. Try again in a moment.", field: null };
  }
}

async function read<T>(response: Response): Promise<AuthAnswer<T>> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, body: body as T };
  const said = typeof body === "object" && body !== null ? body : {};
  const text = (key: string) => {
    const value: unknown = Reflect.get(said, key);
    return typeof value === "string" ? value : "";
  };
  const code = text("code");
  const message = WORDS[code] ?? (text("message") || `This did not work (${response.status}).`);
  return { ok: false, code, message, field: text("field") || null };
}
