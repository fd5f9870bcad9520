const WORDS: Readonly<Record<string, string | undefined>> = {
  signup_disabled: "does not know you here yet: ask an admin of this Unity to add you.",
  account_not_linked: "has your address, and somebody here has it already: sign in with your password.",
  not_in_group: "knows you, but has you in no group that may come here.",
  access_denied: "did not let you in.",
  state_mismatch: "took too long, or was opened in another browser. Try again.",
  please_restart_the_process: "took too long, or was opened in another browser. Try again.",
  failed_to_create_session: "let you in, but your account here is switched off.",
};

/** Why a provider sent nobody, from the address that it came back to. @param error as better-auth names it */
export function problemOf(error: string | string[] | undefined, provider: string | null): string | null {
  if (typeof error !== "string" || error === "") return null;
  const known = WORDS[error.toLowerCase().replaceAll(" ", "_")];
  return known ? `${provider ?? "The provider"} ${known}` : `Signing in by ${provider ?? "the provider"} did not work.`;
}
