import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ENDPOINTS } from "../auth/endpoints";
import { createPasskeyAuth } from "../auth/passkey-auth";
import type { Visitor } from "../auth/visitor";
import { type Access, whyNot } from "../trpc/init";
import { appRouter } from "../trpc/router";
import { createApiHandler } from "./api/handle";
import { MOUNT, OPERATIONS } from "./api/operations";
import { requireProcedure } from "./api/procedures";
import { PAGES, redirectOf } from "./pages";
import { createRoutes } from "./routes";
import { listVisitors, openServed } from "./test-matrix";

/** Every procedure, endpoint, route and page, times everybody who can ask. What nobody classified fails here. */
let served: Awaited<ReturnType<typeof openServed>>;
let visitors: Readonly<Record<string, Visitor>>;
beforeAll(async () => {
  served = await openServed();
  // What they end and change by the way is not the admin's.
  const draft = { name: "Probe", username: "probe", password: "correct horse battery", role: "admin" as const };
  visitors = listVisitors((await served.unity.accounts.people.create(draft)).id);
}, 60_000);
afterAll(() => served.close());

interface Procedure {
  readonly _def: { readonly type: string; readonly meta?: { readonly access?: Access; readonly filtered?: boolean } };
}
const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Readonly<Record<string, Procedure>>);

/** What each may, said a second time. */
function mayCall({ access, filtered }: { access: Access; filtered: boolean }, who: Visitor): boolean {
  if (access === "everybody") return true;
  if (access === "self") return who.role !== null && who.via !== "token";
  return who.permissions.has(access) && (who.tags === null || filtered);
}

describe("procedures", () => {
  test.each(PROCEDURES)("%s is for whom it says, and for nobody else", async (path, { _def: { meta, type } }) => {
    const access = meta?.access;
    if (access === undefined) throw new Error(`${path} does not say who may call it.`);
    if (type === "mutation") expect(["read"]).not.toContain(access);
    for (const [name, visitor] of Object.entries(visitors)) {
      const answered = await call(path, visitor);
      const isRefused = answered === "UNAUTHORIZED" || answered === "FORBIDDEN";
      expect([name, !isRefused], `${name}: ${answered}`).toEqual([
        name,
        mayCall({ access, filtered: meta?.filtered ?? false }, visitor),
      ]);
      if (isRefused) expect(answered).toBe(visitor.role === null ? "UNAUTHORIZED" : "FORBIDDEN");
    }
  });

  test("what each is for is written down", async () => {
    const lines = PROCEDURES.map(([path, { _def }]) => `${path}: ${_def.meta?.access}`).toSorted();
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("./matrix.txt");
  });

  test("over HTTP it is the same", async () => {
    const get = (path: string, headers = {}) => fetch(`${served.url}/api/trpc/${path}`, { headers });
    expect((await get("plugins.overview")).status).toBe(401);
    expect((await get("plugins.overview", { cookie: served.cookie })).status).toBe(200);
    expect((await get("plugins.overview", { cookie: `${served.cookie}x` })).status).toBe(401);
    // A junk header does not open what a cookie does, nor does it skip what a cookie needs.
    expect((await get("plugins.overview", { cookie: served.cookie, authorization: "Bearer junk" })).status).toBe(401);
    const foreign = { cookie: served.cookie, "content-type": "application/json", origin: "http://evil.example" };
    const init = { method: "POST", body: "{}" };
    for (const headers of [foreign, { ...foreign, authorization: "Basic junk" }]) {
      const answer = await fetch(`${served.url}/api/trpc/discovery.look`, { ...init, headers });
      expect(answer.status).toBe(403);
    }
  });
});

/** Ran through, or why not: with an input that no procedure takes, those that want one go no further than to look at it. */
async function call(path: string, visitor: Visitor): Promise<string> {
  const caller: unknown = appRouter.createCaller({ unity: served.unity, visitor });
  const procedure = path.split(".").reduce<unknown>((at, key) => Reflect.get(at as object, key), caller);
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(Symbol.for("no input"));
    return "ran";
  } catch (error) {
    return String(Reflect.get(error as object, "code"));
  }
}

describe("operations of /api/v1", () => {
  const operations = Object.values(OPERATIONS).flat();

  test("what each is for is written down", async () => {
    const lines = operations.map(({ method, path, procedure }) => {
      const { access, filtered } = requireProcedure(procedure);
      return `${path} ${method}: ${access}${filtered ? "" : ", whole"}`;
    });
    await expect(`${lines.toSorted().join("\n")}\n`).toMatchFileSnapshot("./matrix-api.txt");
  });

  test.each(operations.map((one) => [`${one.method} ${one.path}`, one] as const))(
    "%s is for whom its procedure is",
    async (_, { method, path, procedure }) => {
      const { access, filtered } = requireProcedure(procedure);
      if (access === undefined) throw new Error(`${procedure} does not say who may call it.`);
      for (const [name, visitor] of Object.entries(visitors)) {
        const status = await askApi(method, path.replace(/\{\w+\}/g, "no-such-thing"), visitor);
        const isRefused = status === 401 || status === 403;
        expect([name, !isRefused], `${name}: ${status}`).toEqual([name, mayCall({ access, filtered }, visitor)]);
        if (isRefused) expect(status).toBe(visitor.role === null ? 401 : 403);
      }
    },
  );

  /** Through the handler itself, so that every kind of visitor can ask; with a body that no procedure takes. */
  async function askApi(method: string, path: string, visitor: Visitor): Promise<number> {
    const { unity } = served;
    // A handler of its own for each: limits are looked at elsewhere.
    const api = createApiHandler(unity);
    const server = createServer((request, response) => void api.handle(request, response, request.url ?? "", visitor));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    try {
      const body = method === "GET" || method === "DELETE" ? {} : { body: JSON.stringify({ id: 1, name: 1, yaml: 1 }) };
      const headers = { "content-type": "application/json", connection: "close" };
      const answer = await fetch(`http://127.0.0.1:${port}${MOUNT}${path}`, { method, headers, ...body });
      await answer.arrayBuffer();
      return answer.status;
    } finally {
      server.close();
    }
  }
});

describe("endpoints of better-auth", () => {
  const parts = {
    secret: "x".repeat(40),
    oidc: undefined,
    log: console,
    admit: async () => false,
    isLastAdmin: async () => false,
  };
  const known = () => {
    const auth = createPasskeyAuth({ connection: { schema: {} } as never, ...parts });
    return Object.values(auth.api as unknown as Record<string, { path?: string; options?: { method?: unknown } }>)
      .filter(({ path }) => path !== undefined)
      .map(({ path = "", options }) => ({
        path: path.replace(":id", "oidc"),
        methods: [options?.method].flat().map(String),
      }));
  };

  test("those that can be reached are there, and all others are not", async () => {
    const paths = known();
    expect(paths.length).toBeGreaterThan(40);
    expect(Object.keys(ENDPOINTS).filter((path) => !paths.some((one) => one.path === path))).toEqual([]);
    const asked = paths.flatMap(({ path, methods }) => methods.map((method) => ({ path, method })));
    for (const { path, method } of asked)
      expect([path, method, await ask(path, method)]).toEqual([path, method, said(path, method)]);
  });

  /** "answered", or how it was refused before better-auth heard of it. */
  async function ask(path: string, method: string): Promise<string | number> {
    const headers = { "content-type": "application/json" };
    const body = method === "GET" ? {} : { body: "{}" };
    const answer = await fetch(`${served.url}/api/auth${path}`, { method, redirect: "manual", headers, ...body });
    return (await answer.text()).includes('"code":"refused"') ? answer.status : "answered";
  }

  function said(path: string, method: string): string | number {
    const endpoint = ENDPOINTS[path];
    if (!endpoint) return 404;
    if (endpoint.method !== method) return 405;
    return endpoint.access === "self" ? 401 : "answered";
  }
});

describe("routes", () => {
  /** What is asked of each, so that a new one is looked at here. */
  const SAMPLES: Readonly<Record<string, { path: string; method?: string; status: number }>> = {
    "/healthz": { path: "/healthz", status: 200 },
    "/readyz": { path: "/readyz", status: 200 },
    "/icons/<plugin>.svg": { path: "/icons/disk.svg", status: 200 },
    "/push-worker.js": { path: "/push-worker.js", status: 200 },
    "/_next/static/": { path: "/_next/static/nothing.js", status: 200 },
    "/_next/, /icon.svg": { path: "/icon.svg", status: 200 },
    "POST /act/<token>": { path: "/act/nothing", method: "POST", status: 410 },
    "/api/trpc/": { path: "/api/trpc/plugins.instances", status: 401 },
    "/api/v1/": { path: "/api/v1/instances", status: 401 },
    "/api/auth/, /api/first-run": { path: "/api/auth/passkey/list-user-passkeys", status: 401 },
    "POST /api/backup": { path: "/api/backup", method: "POST", status: 401 },
    "/metrics": { path: "/metrics", status: 401 },
    "POST /api/v1/write, /v1/metrics, /api/v2/write": { path: "/api/v1/write", method: "POST", status: 401 },
    "/mcp": { path: "/mcp", method: "POST", status: 401 },
    pages: { path: "/instances", status: 303 },
  };

  test("each is known, and to nobody it says nothing of what is watched", async () => {
    const routes = createRoutes(served.unity, served.pages);
    expect(routes.map(({ name }) => name).toSorted()).toEqual(Object.keys(SAMPLES).toSorted());
    const names = served.unity.instances.list().flatMap(({ id, name, host }) => [id, name, host]);
    for (const { name } of routes) {
      const { path = "", method = "GET", status } = SAMPLES[name] ?? {};
      const answer = await fetch(`${served.url}${path}`, { method, redirect: "manual" });
      expect([name, answer.status]).toEqual([name, status]);
      const text = await answer.text();
      for (const told of names) expect(text).not.toContain(`"${told}"`);
    }
  });

  test("those for a permission are for whoever has it, and sees everything unless it shows only what is seen", async () => {
    const guarded = createRoutes(served.unity, served.pages).flatMap(({ name, ...route }) =>
      route.for === "everybody" || route.for === "visitor"
        ? []
        : [{ name, access: route.for, filtered: route.filtered ?? false }],
    );
    expect(guarded).toEqual([
      { name: "POST /api/v1/write, /v1/metrics, /api/v2/write", access: "send", filtered: true },
      { name: "POST /api/backup", access: "administer", filtered: false },
      { name: "/metrics", access: "read", filtered: true },
      { name: "/mcp", access: "read", filtered: true },
    ]);
    for (const { name: _, ...meta } of guarded)
      for (const [name, visitor] of Object.entries(visitors))
        expect([name, whyNot(meta, visitor)?.code]).toEqual([name, whyRefused(meta, visitor)]);
  });

  const whyRefused = (meta: { access: Access; filtered: boolean }, visitor: Visitor) => {
    if (mayCall(meta, visitor)) return undefined;
    return visitor.role === null ? "UNAUTHORIZED" : "FORBIDDEN";
  };

  test("the live stream is for who is signed in, on a page of this Unity", async () => {
    const open = (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${served.url.replace("http", "ws")}/api/ws`, { headers });
        socket.on("open", () => {
          socket.close();
          resolve("open");
        });
        socket.on("error", ({ message }) => resolve(message));
      });
    expect(await open({})).toContain("401");
    expect(await open({ cookie: served.cookie, origin: "http://evil.example" })).toContain("403");
    expect(await open({ cookie: served.cookie, origin: served.url })).toBe("open");
  });
});

describe("pages", () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/page\.tsx$/, "").replace(/\([^)]*\)\//g, "")}`.replace(/(.)\/$/, "$1"));

  test("each is classified, and no other is", () => {
    expect(Object.keys(PAGES).toSorted()).toEqual(routes.toSorted());
  });

  /** Where each is sent, said a second time. */
  function leads(page: string, who: Visitor): unknown {
    const access = PAGES[page];
    if (page === "/first-run") return who.role === null ? "/sign-in" : "/";
    if (access === "everybody") return undefined;
    if (who.role === null) return expect.stringMatching(/^\/sign-in/);
    // They show all there is, or change it.
    const isWhole = /storage|channels|notifications|\/(new|edit)$/.test(page);
    const may =
      access === "self" ? who.via !== "token" : access && who.permissions.has(access) && !(who.tags && isWhole);
    return may ? undefined : "/forbidden";
  }

  test.each(Object.keys(PAGES))("%s is for whom it says", (page) => {
    const path = page.replace(/\[[^\]]+\]/g, "something");
    const isOpen = page === "/first-run" || page.startsWith("/act/");
    for (const [name, visitor] of Object.entries(visitors)) {
      expect([name, redirectOf({ path, url: path, isFirstRun: false }, visitor)]).toEqual([name, leads(page, visitor)]);
      const first = redirectOf({ path, url: path, isFirstRun: true }, visitor);
      expect([name, first]).toEqual([name, isOpen ? undefined : "/first-run"]);
    }
  });

  test("a path that leads nowhere is no way around", () => {
    const nobody = visitors.nobody as Visitor;
    for (const path of ["/nowhere", "//settings", "/settings/", "/SETTINGS", "/sign-in/more", "/act/a/b"])
      expect(redirectOf({ path, url: path, isFirstRun: false }, nobody)).toMatch(/^\/sign-in/);
  });
});
