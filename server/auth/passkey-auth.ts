import { passkey } from "@better-auth/passkey";
import { type AuthParts, type BetterAuth, createBetterAuth } from "./better-auth";

/** Passkeys, and what they need of the rest: of the same people and sessions. */
export const createPasskeyAuth = (parts: AuthParts): BetterAuth =>
  createBetterAuth(parts, [passkey({ rpName: "Unity" })]);
