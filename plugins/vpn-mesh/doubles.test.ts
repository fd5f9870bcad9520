import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runPlugin } from "../../scripts/run-plugin";
import plugin from ".";

/** Stand-ins that refuse what the real ones refuse, asked through the real doors. */
const folder = mkdtempSync(join(tmpdir(), "unity-mesh-"));
const servers: http.Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});
const listen = async (server: http.Server, where: string | number) => {
  servers.push(server);
  await new Promise<void>((resolve) =>
    typeof where === "string" ? server.listen(where, resolve) : server.listen(where, "127.0.0.1", resolve),
  );
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
};
const collect = async (config: Record<string, unknown>) => (await runPlugin(plugin, config)).collected;

test("Tailscale's service answers only to its own name, over its socket", async () => {
  const socket = join(folder, "tailscaled.sock");
  const status = {
    Version: "1.90.6-t1",
    BackendState: "Running",
    Self: { DNSName: "nas.tail.ts.net.", Online: true },
    Peer: {},
  };
  await listen(
    http.createServer((request, response) => {
      const isOwn = request.headers.host === "local-tailscaled.sock" && request.url === "/localapi/v0/status";
      response.writeHead(isOwn ? 200 : 403).end(isOwn ? JSON.stringify(status) : "invalid localapi request");
    }),
    socket,
  );
  const seen = await collect({ type: "tailscale", socket });
  expect(seen.failure).toBeUndefined();
  expect(seen.readings).toContainEqual({ metric: "mesh_online", value: 1, labels: {} });
  expect((await collect({ type: "tailscale", socket: join(folder, "none.sock") })).failure?.reason).toBe("not_found");
});

test("ZeroTier's service wants the token of its file", async () => {
  const port = await listen(
    http.createServer((request, response) => {
      if (request.headers["x-zt1-auth"] !== "thetoken") response.writeHead(401).end("{}");
      else if (request.url === "/status") response.end('{"address":"a1b2c3d4e5","online":true,"version":"1.14.2"}');
      else response.end("[]");
    }),
    0,
  );
  const url = `http://127.0.0.1:${port}/`;
  const authTokenPath = join(folder, "authtoken.secret");
  writeFileSync(authTokenPath, "thetoken\n");
  expect((await collect({ type: "zerotier", url, authTokenPath })).failure).toBeUndefined();
  expect((await collect({ type: "zerotier", url, authToken: "wrong" })).failure?.reason).toBe("auth");
  expect((await collect({ type: "zerotier", url, authTokenPath: join(folder, "none") })).failure?.reason).toBe(
    "not_found",
  );
});
