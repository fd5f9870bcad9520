import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nobody, PERMISSIONS, type Permission, ROLE_PERMISSIONS, type Role, type Visitor } from "../auth/visitor";
import { readEnv } from "../env";
import { createLog } from "../log";
import { openUnity } from "../open-unity";
import { noAssets } from "./assets";
import { createServing } from "./serve";
import { signIn } from "./test-sign-in";

/** For tests only: a Unity that is served, its pages empty, with a first admin who is signed in. @param as "nobody": nobody is */
export async function openServed({ as = "admin", ...more }: Readonly<Record<string, string>> = {}) {
  const own = await mkdtemp(join(tmpdir(), "unity-matrix-"));
  const folder = more.UNITY_DATA ?? own;
  const lines: string[] = [];
  const env = readEnv({ UNITY_DATA: folder, HOST: "127.0.0.1", ...more });
  const unity = await openUnity(env, createLog("trace", { write: (line: string) => void lines.push(line) }));
  const pages = {
    page: async (_: unknown, response: ServerResponse) => void response.writeHead(200).end("a page"),
    assets: noAssets,
    dev: false,
    upgrades: createServer(),
  };
  const serving = createServing(unity, pages, env.proxies);
  const port = Number(more.PORT ?? (await freePort()));
  await serving.listen(port, "127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  return {
    unity,
    /** Of the log, from the finest level on. */
    lines,
    dataFolder: folder,
    pages,
    url,
    cookie: as === "admin" ? await signIn(url) : "",
    async close() {
      await serving.close();
      await unity.stop(1_000);
      await rm(own, { recursive: true, force: true });
    },
  };
}

/** One of each kind that can ask. */
export function listVisitors(userId: string): Readonly<Record<string, Visitor>> {
  const person = (role: Role, more: Partial<Visitor> = {}): Visitor => ({
    ...nobody("203.0.113.7"),
    userId,
    name: role,
    role,
    via: "session",
    credentialId: "session",
    permissions: new Set(ROLE_PERMISSIONS[role]),
    ...more,
  });
  const token = (scope: Permission): Visitor =>
    person("admin", { via: "token", credentialId: "token", permissions: new Set([scope]) });
  return {
    nobody: nobody("203.0.113.7"),
    viewer: person("viewer"),
    "limited viewer": person("viewer", { tags: ["attic"] }),
    editor: person("editor"),
    admin: person("admin"),
    "admin by a proxy": person("admin", { via: "proxy", credentialId: null }),
    ...Object.fromEntries(PERMISSIONS.map((scope) => [`token to ${scope}`, token(scope)])),
  };
}

export function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}
