import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import { afterEach, expect, test } from "vitest";
import { runPlugin } from "../../scripts/run-plugin";
import { makeCertificates } from "../../server/collect/doors/test-certificates";
import plugin from ".";

const certificates = makeCertificates();
const SESSIONS = "/redfish/v1/SessionService/Sessions";
const TREE: Readonly<Record<string, unknown>> = {
  "/redfish/v1/": { Systems: { "@odata.id": "/redfish/v1/Systems" } },
  "/redfish/v1/Systems": { Members: [{ "@odata.id": "/redfish/v1/Systems/1" }] },
  "/redfish/v1/Systems/1": { PowerState: "On", Manufacturer: "Contoso", Model: "3500" },
};
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A tree of resources behind a login, over TLS. @returns what came, a line for each request */
async function serve(
  answer: (request: IncomingMessage) => { status: number; location?: string } | undefined = () => undefined,
) {
  const requests: string[] = [];
  const open = new Set<string>();
  const server = createServer(certificates.good, (request, response) => {
    const { method = "", url = "", headers } = request;
    const token = String(headers["x-auth-token"] ?? "");
    requests.push(`${method} ${url} ${token}`.trim());
    const own = answer(request);
    if (own) return response.writeHead(own.status, own.location ? { location: own.location } : {}).end();
    if (method === "POST" && url === SESSIONS) {
      open.add("tok3n");
      const head = { "x-auth-token": "tok3n", location: `https://${headers.host}${SESSIONS}/7` };
      return response.writeHead(201, head).end("{}");
    }
    if (!open.has(token)) return response.writeHead(401).end();
    if (method === "DELETE") open.delete(token);
    const found = TREE[url];
    return response.writeHead(found === undefined ? 404 : 200).end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : 0, requests, open };
}

async function collect(port: number, tls: object = {}) {
  const config = { protocol: "redfish", host: "localhost", port, username: "unity", password: "s3cret", tls };
  return (await runPlugin(plugin, config, {})).collected;
}

test("reads behind a certificate the BMC signed itself, and ends its session", async () => {
  const bmc = await serve();
  const seen = await collect(bmc.port);
  expect(seen.failure).toBeUndefined();
  expect(seen.readings).toContainEqual({ metric: "ipmi_power_on", value: 1, labels: {} });
  expect(bmc.requests.at(-1)).toBe(`DELETE ${SESSIONS}/7 tok3n`);
  expect(bmc.open.size).toBe(0);
});

test("verifies the certificate where it is told to", async () => {
  const bmc = await serve();
  expect((await collect(bmc.port, { verify: true })).failure?.reason).toBe("tls");
  expect(bmc.requests).toEqual([]);
  expect((await collect(bmc.port, { verify: true, caPem: certificates.caPem })).failure).toBeUndefined();
});

test("ends its session also when something goes wrong", async () => {
  const bmc = await serve(({ url }) => (url === "/redfish/v1/Systems" ? { status: 500 } : undefined));
  expect((await collect(bmc.port)).failure?.reason).toBe("protocol");
  expect(bmc.open.size).toBe(0);
});

test("a service that sends elsewhere gets the token nowhere else", async () => {
  const other = await serve(() => ({ status: 200 }));
  const bmc = await serve(({ url }) =>
    url === "/redfish/v1/Systems"
      ? { status: 307, location: `https://localhost:${other.port}/redfish/v1/Systems` }
      : undefined,
  );
  expect((await collect(bmc.port)).failure).toBeDefined();
  expect(other.requests.join(" ")).not.toContain("tok3n");
});
