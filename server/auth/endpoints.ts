/** Who may call one of better-auth's endpoints: whoever comes, or whoever is signed in by a session. */
export interface Endpoint {
  readonly method: "GET" | "POST";
  readonly access: "everybody" | "self";
  /** A wrong try counts: a password or a code is guessed there. */
  readonly guessed?: boolean;
  /** Its answer holds a session's token, which only the cookie is to have. */
  readonly signsIn?: boolean;
}

/** All of better-auth that can be reached, below /api/auth. What is not here is not there; a test lists what it has beside it. */
export const ENDPOINTS: Readonly<Record<string, Endpoint | undefined>> = {
  "/sign-in/username": { method: "POST", access: "everybody", guessed: true, signsIn: true },
  "/two-factor/verify-totp": { method: "POST", access: "everybody", guessed: true, signsIn: true },
  "/two-factor/verify-backup-code": { method: "POST", access: "everybody", guessed: true, signsIn: true },
  "/passkey/generate-authenticate-options": { method: "GET", access: "everybody" },
  "/passkey/verify-authentication": { method: "POST", access: "everybody", guessed: true, signsIn: true },
  /** To a provider, and back from it. */
  "/sign-in/social": { method: "POST", access: "everybody" },
  "/callback/oidc": { method: "GET", access: "everybody" },
  "/sign-out": { method: "POST", access: "everybody" },

  "/change-password": { method: "POST", access: "self", guessed: true, signsIn: true },
  "/two-factor/enable": { method: "POST", access: "self", guessed: true },
  "/two-factor/disable": { method: "POST", access: "self", guessed: true, signsIn: true },
  "/two-factor/generate-backup-codes": { method: "POST", access: "self", guessed: true },
  "/passkey/generate-register-options": { method: "GET", access: "self" },
  "/passkey/verify-registration": { method: "POST", access: "self" },
  "/passkey/list-user-passkeys": { method: "GET", access: "self" },
  "/passkey/update-passkey": { method: "POST", access: "self" },
  "/passkey/delete-passkey": { method: "POST", access: "self" },
};
