import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { CLIENT_ADDRESS, CLIENT_PROTOCOL } from "../auth/request-headers";
import { nobody, type Visitor } from "../auth/visitor";
import { type Context, whyNot } from "../trpc/init";
import { writeDeed } from "../trpc/write-audit";
import type { Unity } from "../unity";
import { answerJson } from "./answer-json";
import { isApiPath } from "./api/operations";
import { answerRefusal } from "./api/problem";
import type { AssetHandler } from "./assets";
import { setCookies } from "./auth";
import { markClient, type Proxies } from "./client";
import { NO_CONTENT_POLICY } from "./content-policy";
import { isForeign } from "./origin";
import { isRouterState } from "./router-state";
import { createRoutes, isChange, type Route } from "./routes";
import { createWebSocketHandler } from "./websocket";

type Page = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Serving {
  listen(port: number, host: string): Promise<void>;
  /** Stops taking requests and hangs up live connections. */
  close(): Promise<void>;
}

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  "content-security-policy": NO_CONTENT_POLICY,
};

/** A year, for the name that was used alone. */
const HSTS = "max-age=31536000";

/** What is Next's: pages, the assets of their build, and where it hangs its own `upgrade` listener (hot reload). */
export interface Pages {
  readonly page: Page;
  readonly assets: AssetHandler;
  /** Never listens. */
  readonly upgrades: Server;
  /** Pages come from Next's development server. */
  readonly dev: boolean;
}

/** Everything on one port: tRPC over HTTP and WebSocket, health, icons, assets, and pages for the rest. */
export function createServing(unity: Unity, { page, assets, upgrades, dev }: Pages, proxies: Proxies): Serving {
  const { accounts } = unity;
  const createContext = async (headers: IncomingHttpHeaders): Promise<Context> => ({
    unity,
    visitor: (await accounts.identify(headers)).visitor,
  });
  const sockets = createWebSocketHandler({ createContext, watch: accounts.watch });
  const routes = createRoutes(unity, { page, assets, dev });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    markClient(request, proxies);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (request.headers[CLIENT_PROTOCOL] === "https") response.setHeader("strict-transport-security", HSTS);
    const refusal = whyRefused(request, path);
    if (refusal) return answerRefusal(response, path, refusal);
    const route = routes.find(({ matches }) => matches(request, path));
    if (isChange(request) && isForeign(request)) return refuseForeign(request, response, route);
    const asked = { request, response, path };
    if (route?.for === "everybody") return route.handle(asked);
    const { visitor, cookies } = await accounts.identify(request.headers);
    setCookies(request, response, cookies);
    if (!route) return;
    if (route.for === "visitor") return route.handle(asked, visitor);
    const refused = whyNot({ access: route.for, filtered: route.filtered ?? false }, visitor);
    if (!refused) return route.handle(asked, visitor);
    noteRefusal(route, visitor, refused.message);
    answerRefused(response, refused);
  }

  /** Of nobody who would only look the audit log says nothing, as with procedures. */
  function noteRefusal(route: Guarded, visitor: Visitor, reason: string): void {
    if (visitor.role === null && route.for === "read") return;
    writeDeed({ unity, visitor, path: route.action }, { outcome: "refused", details: { reason } });
  }

  /** Whose browser it was is not looked for: its owner did not ask for it. */
  function refuseForeign(request: IncomingMessage, response: ServerResponse, route: Route | undefined): void {
    const error = "This request came from another site's page.";
    const address = request.headers[CLIENT_ADDRESS];
    const visitor = nobody(typeof address === "string" ? address : null);
    // An address may be a secret, as that of a message's link is: what kind it is says enough.
    const subject = { id: null, name: route?.name ?? null };
    const details = { reason: error };
    writeDeed({ unity, visitor, path: "other-site" }, { outcome: "refused", subject, details });
    answerRefusal(response, pathOf(request), { status: 403, error });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      unity.log.error({ err: error, path: pathOf(request) }, "a request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    markClient(request, proxies);
    if (sockets.matches(pathOf(request))) sockets.upgrade(request, socket, head);
    else upgrades.emit("upgrade", request, socket, head);
  });

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          resolve();
        });
      }),
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 500).unref();
      }),
  };
}

type Guarded = Extract<Route, { readonly action: string }>;

/** What nobody behind this has to know of. */
function whyRefused(request: IncomingMessage, path: string): { status: number; error: string } | undefined {
  if (!METHODS.has(request.method ?? "") && !isApiPath(path))
    return { status: 405, error: "Unity answers GET, HEAD and POST." };
  if (!isEncoded(path))
    return { status: 400, error: "The path is no valid one: a % in it does not begin a character." };
  if (!isRouterState(request.headers["next-router-state-tree"]))
    return { status: 400, error: "The header next-router-state-tree is not as a page sends it." };
  return undefined;
}

function answerRefused(response: ServerResponse, { code, message }: { code: string; message: string }): void {
  const isUnknown = code === "UNAUTHORIZED";
  if (isUnknown) response.setHeader("www-authenticate", 'Bearer realm="Unity"');
  answerJson(response, isUnknown ? 401 : 403, { code: "refused", message });
}

const METHODS = new Set(["GET", "HEAD", "POST"]);

function isEncoded(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}

const pathOf = (request: IncomingMessage) => (request.url ?? "/").split("?", 1)[0] ?? "/";
