/** For tests and benchmarks only: a first admin of a Unity that has none, on this machine. */
export const ADMIN = { name: "Ada", username: "ada", password: "correct horse battery" };

/** Makes the first admin, or signs in where there is one. @returns what a `cookie` header holds */
export async function signIn(url: string, who: { username: string; password: string } = ADMIN): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const first = who === ADMIN ? await post("/api/first-run", ADMIN) : undefined;
  const answer = first?.ok ? first : await post("/api/auth/sign-in/username", who);
  if (!answer.ok) throw new Error(`Nobody could sign in at ${url}: ${answer.status} ${await answer.text()}`);
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
  return cookies.filter((cookie) => !cookie.endsWith("=")).join("; ");
}
