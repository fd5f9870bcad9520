import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { type AuthAnswer, getAuth, postAuth } from "./post-auth";

/** A key belongs to a name: an address of numbers has none, WebAuthn 5.1.3. */
const IS_ADDRESS = /^(\d+(\.\d+){3}|\[.*\])$/;

/** Only at a name whose connection is encrypted, or on this machine as localhost: browsers offer them nowhere else. */
export const canPasskey = (): boolean =>
  window.isSecureContext && !IS_ADDRESS.test(location.hostname) && browserSupportsWebAuthn();

const notDone = (error: unknown): AuthAnswer<never> => ({
  ok: false,
  code: "PASSKEY",
  message:
    error instanceof Error && error.name === "InvalidStateError"
      ? "This device has a passkey for Unity already."
      : "No passkey was used: it was cancelled, took too long, or there is none for this address.",
  field: null,
});

export async function signInWithPasskey(): Promise<AuthAnswer> {
  const asked = await getAuth<PublicKeyCredentialRequestOptionsJSON>("/api/auth/passkey/generate-authenticate-options");
  if (!asked.ok) return asked;
  try {
    const response = await startAuthentication({ optionsJSON: asked.body });
    return await postAuth("/api/auth/passkey/verify-authentication", { response });
  } catch (error) {
    return notDone(error);
  }
}

/** @param name as people call the device */
export async function addPasskey(name: string): Promise<AuthAnswer> {
  const asked = await getAuth<PublicKeyCredentialCreationOptionsJSON>("/api/auth/passkey/generate-register-options");
  if (!asked.ok) return asked;
  try {
    const response = await startRegistration({ optionsJSON: asked.body });
    return await postAuth("/api/auth/passkey/verify-registration", { response, name });
  } catch (error) {
    return notDone(error);
  }
}
