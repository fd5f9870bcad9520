/** Somebody signs out: that the session is gone is no news then. */
let signsOut = false;

/**
 * Ends the session by `end`, and shows where to sign in, with nowhere to come back to. Whoever comes next begins at the overview.
 * @returns what `end` said
 */
export async function signOutBy<T extends { readonly ok: boolean }>(end: () => Promise<T>): Promise<T> {
  signsOut = true;
  const answer = await end();
  if (answer.ok) window.location.assign("/sign-in");
  else signsOut = false;
  return answer;
}

/** Whoever is not signed in any more is shown where to sign in; then the page comes again. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (!signsOut && pathname !== "/sign-in") window.location.assign(signInHref(pathname + search));
}

/** For what a query or a change failed with. */
export function leaveSignedOut(error: unknown): void {
  if (typeof window !== "undefined" && codeOf(error) === "UNAUTHORIZED") leaveForSignIn();
}

const signInHref = (to: string): string => (to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`);

function codeOf(error: unknown): unknown {
  const data = typeof error === "object" && error !== null && "data" in error ? error.data : undefined;
  return typeof data === "object" && data !== null && "code" in data ? data.code : undefined;
}
