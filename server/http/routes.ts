import type { IncomingMessage, ServerResponse } from "node:http";
import type { Permission, Visitor } from "../auth/visitor";
import { DOWNLOAD } from "../backup/download-deed";
import type { Unity } from "../unity";
import { createActHandler } from "./act";
import { answerJson } from "./answer-json";
import { createApiHandler } from "./api/handle";
import { isApiPath } from "./api/operations";
import type { AssetHandler } from "./assets";
import { createAuthHandler } from "./auth";
import { createBackupHandler } from "./backup";
import { setPagePolicy } from "./content-policy";
import { createExpositionHandler } from "./exposition";
import { readiness } from "./health";
import { createIconHandler } from "./icons";
import { createMcpHandler } from "./mcp";
import { redirectOf } from "./pages";
import { createPushHandler } from "./push/handle";
import { pushWorker } from "./push-worker";
import { createTrpcHandler } from "./trpc";

export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Without what stands behind "?". */
  readonly path: string;
}

/**
 * One kind of address. `everybody`: it says the same to whoever comes, and nothing about what is watched. `visitor`: it is told who
 * asks, and decides by the table that it names. A permission: whoever has it, and sees everything where it is not filtered, gets there; the
 * audit log has others.
 */
export type Route = { readonly name: string; matches(request: IncomingMessage, path: string): boolean } & (
  | { readonly for: "everybody"; handle(asked: Asked): Promise<void> | void }
  | {
      readonly for: "visitor";
      readonly by: "procedures" | "operations" | "endpoints" | "pages";
      handle(asked: Asked, visitor: Visitor): Promise<void> | void;
    }
  | {
      readonly for: Permission;
      /** It shows what the visitor sees and nothing else: those who see only some tags get there, too. */
      readonly filtered?: boolean;
      /** What the audit log calls it. */
      readonly action: string;
      handle(asked: Asked, visitor: Visitor): Promise<void> | void;
    }
);

interface Parts {
  readonly page: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly assets: AssetHandler;
  readonly dev: boolean;
}

/** Every route beside WebSocket; the first that matches answers. A test lists them with all that can come. */
export function createRoutes(unity: Unity, { page, assets, dev }: Parts): readonly Route[] {
  const icons = createIconHandler(unity.registry);
  const acts = createActHandler(unity);
  const trpc = createTrpcHandler(unity);
  const api = createApiHandler(unity);
  const auth = createAuthHandler(unity);
  const backup = createBackupHandler(unity);
  const exposition = createExpositionHandler(unity);
  const push = createPushHandler(unity);
  const mcp = createMcpHandler(unity);

  return [
    {
      name: "/healthz",
      for: "everybody",
      matches: (_, path) => path === "/healthz",
      handle: ({ response }) =>
        answerJson(response, 200, { status: "alive", uptimeSeconds: Math.round(process.uptime()) }),
    },
    {
      name: "/readyz",
      for: "everybody",
      matches: (_, path) => path === "/readyz",
      async handle({ response }) {
        const { ready, checks } = await readiness(unity);
        answerJson(response, ready ? 200 : 503, { status: ready ? "ready" : "not ready", checks });
      },
    },
    {
      name: "/icons/<plugin>.svg",
      for: "everybody",
      matches: (_, path) => icons.matches(path),
      handle: ({ response, path }) => icons.handle(response, path),
    },
    {
      name: "/push-worker.js",
      for: "everybody",
      matches: (_, path) => pushWorker.matches(path),
      handle: ({ response }) => pushWorker.handle(response),
    },
    {
      name: "/_next/static/",
      for: "everybody",
      matches: (request, path) => assets.matches(request, path),
      handle: ({ response, path }) => assets.handle(response, path),
    },
    {
      // Who has a message's link may do what it says, and nothing else.
      name: "POST /act/<token>",
      for: "everybody",
      matches: (request, path) => acts.matches(request, path),
      handle: ({ request, response, path }) => acts.handle(request, response, path),
    },
    {
      name: "/_next/, /icon.svg",
      for: "everybody",
      matches: (request, path) => !isChange(request) && isOfBuild(path),
      handle: ({ request, response }) => showPage(request, response),
    },
    {
      name: "/api/trpc/",
      for: "visitor",
      by: "procedures",
      matches: (_, path) => trpc.matches(path),
      handle: ({ request, response, path }, visitor) => trpc.handle(request, response, path, visitor),
    },
    {
      // Into an instance of the token's own, which has its tags.
      name: "POST /api/v1/write, /v1/metrics, /api/v2/write",
      for: "send",
      filtered: true,
      action: "metrics.push",
      matches: (_, path) => push.matches(path),
      handle: ({ request, response, path }, visitor) => push.handle(request, response, path, visitor),
    },
    {
      name: "/api/v1/",
      for: "visitor",
      by: "operations",
      matches: (_, path) => isApiPath(path),
      handle: ({ request, response, path }, visitor) => api.handle(request, response, path, visitor),
    },
    {
      name: "/api/auth/, /api/first-run",
      for: "visitor",
      by: "endpoints",
      matches: (_, path) => auth.matches(path),
      handle: ({ request, response, path }, visitor) => auth.handle(request, response, path, visitor),
    },
    {
      // Everything there is leaves by it.
      name: "POST /api/backup",
      for: "administer",
      action: DOWNLOAD,
      matches: (_, path) => backup.matches(path),
      handle: ({ request, response }, visitor) => backup.handle(request, response, visitor),
    },
    {
      name: "/metrics",
      for: "read",
      filtered: true,
      action: "metrics.exposition",
      matches: (_, path) => exposition.matches(path),
      handle: ({ request, response }, visitor) => exposition.handle(request, response, visitor),
    },
    {
      // Assistants, by the Model Context Protocol. Its tools are procedures.
      name: "/mcp",
      for: "read",
      filtered: true,
      action: "mcp",
      matches: (_, path) => mcp.matches(path),
      handle: ({ request, response }, visitor) => mcp.handle(request, response, visitor),
    },
    {
      name: "pages",
      for: "visitor",
      by: "pages",
      matches: () => true,
      async handle({ request, response, path }, visitor) {
        if (isChange(request)) return answerJson(response, 405, { error: "A page is only read: GET or HEAD." });
        const asked = { path, url: request.url ?? "/", isFirstRun: await unity.accounts.firstRun.isOpen() };
        const to = redirectOf(asked, visitor);
        if (to === undefined) return showPage(request, response);
        response.writeHead(303, { location: to, "cache-control": "no-store" }).end();
      },
    },
  ];

  function showPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setPagePolicy(request, response, dev);
    return page(request, response);
  }
}

/** Scripts, styles and pictures of the build, the same for everybody. */
const isOfBuild = (path: string) => path.startsWith("/_next/") || path === "/icon.svg";

export const isChange = ({ method }: Pick<IncomingMessage, "method">) => method !== "GET" && method !== "HEAD";
