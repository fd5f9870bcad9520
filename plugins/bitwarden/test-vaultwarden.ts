import http from "node:http";
import { serve } from "../../server/collect/doors/test-servers";

interface FakeVaultwarden {
  readonly url: string;
  logins(): number;
  /** Ends all sessions, as twenty minutes do. */
  expireSessions(): void;
}

/** Vaultwarden's defaults: so many logins at once, refilled over five minutes. */
const MAX_LOGINS = 3;

/** For tests only: a Vaultwarden whose administration is as strict as its own. Gone after the test. */
export async function startVaultwarden(adminToken: string, now: () => number): Promise<FakeVaultwarden> {
  const sessions = new Set<string>();
  let logins = 0;
  const send = (response: http.ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const logIn = (response: http.ServerResponse, body: string) => {
    logins += 1;
    const form = new URLSearchParams(body);
    if (logins > MAX_LOGINS) return response.writeHead(429).end("<html>Too many requests</html>");
    if (form.get("token") !== adminToken) return response.writeHead(401).end("<html>Invalid admin token</html>");
    const session = `session.${logins}`;
    sessions.add(session);
    const cookie = `VW_ADMIN=${session}; HttpOnly; SameSite=Strict; Path=/admin; Max-Age=1200`;
    return response.writeHead(303, { location: `/admin${form.get("redirect")}`, "set-cookie": cookie }).end();
  };
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    switch (`${request.method} ${request.url}`) {
      case "GET /alive":
      case "GET /api/alive":
        return send(response, 200, new Date(now()).toISOString());
      case "GET /api/config":
        return send(response, 200, { version: "2026.8.0", server: { name: "Vaultwarden" }, settings: {} });
      case "GET /api/version":
        return send(response, 200, "1.36.0");
      case "POST /admin":
        return logIn(response, body);
      case "GET /admin/users":
        if (!sessions.has(request.headers.cookie?.replace("VW_ADMIN=", "") ?? ""))
          return send(response, 401, { message: "Authorization failed." });
        return send(response, 200, [{ userEnabled: true, twoFactorEnabled: true, lastActive: null }]);
      default:
        return response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><html></html>");
    }
  });
  const port = await serve(server);
  return { url: `http://127.0.0.1:${port}`, logins: () => logins, expireSessions: () => sessions.clear() };
}
