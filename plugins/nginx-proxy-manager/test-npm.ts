import http from "node:http";
import { z } from "zod";
import { serve } from "../../server/collect/doors/test-servers";

interface FakeNpm {
  readonly url: string;
  logins(): number;
  renewals(): number;
  /** Ends all tokens, as a day does. */
  expireTokens(): void;
}

const Login = z.object({ identity: z.string(), secret: z.string() });

/** For tests only: the API of a Nginx Proxy Manager with a login, as strict as its own. Gone after the test. */
export async function startNpm(user: { identity: string; secret: string }): Promise<FakeNpm> {
  const tokens = new Set<string>();
  let logins = 0;
  let renewals = 0;
  const send = (response: http.ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const issue = (response: http.ServerResponse, token: string) => {
    tokens.add(token);
    return send(response, 200, { token, expires: "2026-09-22T13:33:20.000Z" });
  };
  const logIn = (response: http.ServerResponse, body: string) => {
    logins += 1;
    const { identity, secret } = Login.parse(JSON.parse(body));
    if (identity === user.identity && secret === user.secret) return issue(response, `login.${logins}`);
    return send(response, 400, { error: { code: 400, message: "Invalid email or password" } });
  };
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    if (request.url === "/api/")
      return send(response, 200, { status: "OK", version: { major: 2, minor: 13, revision: 1 } });
    if (request.url === "/api/tokens" && request.method === "POST") return logIn(response, body);
    if (!tokens.has(request.headers.authorization?.replace("Bearer ", "") ?? "")) {
      // It depends on the route.
      const status = request.url === "/api/reports/hosts" ? 404 : 403;
      return send(response, status, { error: { code: status, message: "Permission Denied" } });
    }
    if (request.url === "/api/tokens") {
      renewals += 1;
      return issue(response, `renewed.${renewals}`);
    }
    if (request.url === "/api/reports/hosts")
      return send(response, 200, { proxy: 0, redirection: 0, stream: 0, dead: 0 });
    if (request.url === "/api/version/check") return send(response, 200, { update_available: false });
    return send(response, 200, []);
  });
  const port = await serve(server);
  const url = `http://127.0.0.1:${port}`;
  return { url, logins: () => logins, renewals: () => renewals, expireTokens: () => tokens.clear() };
}
