/** How one gets in by HTTP: a user and password, or a token. */
interface WebLogin {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
}

/** Bearer by a token, else Basic in UTF-8, else nothing. */
export function loginHeaders({ username, password, token }: WebLogin): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (username === undefined && password === undefined) return {};
  const pair = Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64");
  return { authorization: `Basic ${pair}` };
}

/** What is wrong with a token; undefined: nothing, or there is none. */
export function findTokenProblem({ username, password, token }: WebLogin): string | undefined {
  if (token === undefined) return undefined;
  if (username !== undefined || password !== undefined) return "Use a user and password, or a token, not both.";
  return /[^\x21-\x7e]/.test(token) ? "The token has characters that cannot be sent." : undefined;
}
