import http from "node:http";
import { z } from "zod";
import { serve } from "../../server/collect/doors/test-servers";

/** As Pi-hole 6 has them by default. */
const MAX_SESSIONS = 16;

interface FakePihole {
  readonly url: string;
  /** How often somebody logged in, well or not. */
  logins(): number;
  /** Ends all sessions, as half an hour without a question does. */
  expireSessions(): void;
}

const ANSWERS: Readonly<Record<string, unknown>> = {
  "/api/stats/summary": {
    queries: { total: 100, blocked: 25, percent_blocked: 25, replies: { IP: 60 } },
    clients: { active: 3, total: 4 },
    gravity: { domains_being_blocked: 1_000, last_update: 1_789_000_000 },
  },
  "/api/dns/blocking": { blocking: "enabled", timer: null },
  "/api/info/ftl": { ftl: { uptime: 1_000, dnsmasq: { dns_cache_live_freed: 1 } } },
  "/api/info/messages/count": { count: 0 },
  "/api/info/version": { version: { ftl: { local: { version: "v6.2.3" }, remote: { version: "v6.2.3" } } } },
  "/api/stats/upstreams": { upstreams: [] },
};

/** For tests only: a Pi-hole 6 that knows its sessions, and who has none. Gone after the test. */
export async function startPihole(password: string): Promise<FakePihole> {
  const sessions = new Set<string>();
  let logins = 0;
  const send = (response: http.ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const logIn = (response: http.ServerResponse, body: string) => {
    logins += 1;
    const given = z.object({ password: z.string() }).safeParse(JSON.parse(body));
    if (given.data?.password !== password)
      return send(response, 401, { session: { valid: false, totp: false, sid: null, validity: -1 } });
    if (sessions.size >= MAX_SESSIONS)
      return send(response, 429, { error: { key: "api_seats_exceeded", message: "API seats exceeded", hint: null } });
    const sid = `session ${logins}`;
    sessions.add(sid);
    return send(response, 200, { session: { valid: true, totp: false, sid, csrf: "x", validity: 1_800 } });
  };
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    if (request.url === "/api/auth" && request.method === "POST") return logIn(response, body);
    if (!sessions.has(String(request.headers["x-ftl-sid"])))
      return send(response, 401, { error: { key: "unauthorized", message: "Unauthorized", hint: null } });
    return send(response, 200, ANSWERS[request.url ?? ""]);
  });
  const port = await serve(server);
  return { url: `http://127.0.0.1:${port}`, logins: () => logins, expireSessions: () => sessions.clear() };
}
