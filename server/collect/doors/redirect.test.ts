import https from "node:https";
import type { TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { openChannelDoors } from "../../channel-doors";
import { systemClock } from "../../clock";
import { createDoors } from "./doors";
import { createGuard } from "./guard";
import { makeCertificates } from "./test-certificates";
import { serve, serveHttp } from "./test-servers";

/** What belongs to one origin stays with it, wherever that one leads. */
const { signal } = new AbortController();
const { doors } = createDoors({ signal });
const certificates = makeCertificates();

/** A server that remembers what it was sent, as one text. */
async function listen() {
  const heard: string[] = [];
  const url = await serveHttp(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    heard.push(`${request.method} ${request.url}\n${JSON.stringify(request.rawHeaders)}\n${body}`);
    response.end("heard");
  });
  return { url, heard };
}
const leadTo = (location: string, status = 302) =>
  serveHttp((request, response) => {
    request.resume();
    response.writeHead(status, { location }).end();
  });

test.each([
  "Authorization",
  "Cookie",
  "Proxy-Authorization",
  "X-Api-Key",
  "X-Plex-Token",
  "X-Vault-Token",
  "PRIVATE-TOKEN",
  "api_key",
  "Referer",
  "Origin",
  "Host",
])("the header %s goes to the first origin only", async (name) => {
  const other = await listen();
  const url = await leadTo(other.url);
  expect((await doors.fetch(url, { headers: { [name]: "s3cret" } })).body).toBe("heard");
  expect(other.heard).toHaveLength(1);
  expect(other.heard[0]).not.toMatch(/s3cret/);
});

test("user and password of an address go to its origin only, and those of a redirect to nobody", async () => {
  const other = await listen();
  const url = await leadTo(other.url.replace("//", "//me:s3cret@"));
  await doors.fetch(url.replace("//", "//me:s3cret@"));
  expect(other.heard[0]).not.toMatch(/authorization|s3cret|bWU6czNjcmV0/i);
});

test.each([
  ["another port", (url: string) => url],
  ["another name of the same machine", (url: string) => url.replace("127.0.0.1", "localhost")],
])("%s is another origin", async (_, write) => {
  const other = await listen();
  const url = await leadTo(write(other.url));
  await doors.fetch(url, { headers: { authorization: "s3cret" }, family: 4 });
  expect(other.heard[0]).not.toMatch(/s3cret/);
});

test("credentials do not come back when a stranger leads back to the first origin", async () => {
  const heard: (string | undefined)[] = [];
  const place = { stranger: "" };
  const url = await serveHttp((request, response) => {
    heard.push(request.headers.authorization);
    if (request.url === "/") response.writeHead(302, { location: place.stranger }).end();
    else response.end("home");
  });
  place.stranger = await leadTo(`${url}/admin`);
  expect(await doors.fetch(url, { headers: { authorization: "s3cret" } })).toMatchObject({ body: "home" });
  expect(heard).toEqual(["s3cret", undefined]);
});

test.each([
  ["POST", 301, ""],
  ["POST", 302, ""],
  ["POST", 303, ""],
  ["PUT", 303, ""],
  ["POST", 307, "refused"],
  ["POST", 308, "refused"],
  ["PUT", 302, "refused"],
  ["PATCH", 307, "refused"],
  ["DELETE", 308, "refused"],
])("the body of a %s does not follow a %i to another origin", async (method, status, refused) => {
  const other = await listen();
  const asked = doors.fetch(await leadTo(other.url, status), { method, body: "s3cret" });
  if (refused) await expect(asked).rejects.toMatchObject({ reason: "protocol", hint: expect.any(String) });
  else await asked;
  expect(other.heard.join()).not.toMatch(/s3cret|content-/i);
  expect(other.heard).toHaveLength(refused ? 0 : 1);
});

/** HTTPS that asks for a client certificate, and remembers whose came and for which name it was asked. */
async function listenSecurely(answer: (path: string) => string | undefined) {
  const heard: { path: string; certificate: string; name: unknown }[] = [];
  const settings = { ...certificates.good, requestCert: true, rejectUnauthorized: false };
  const server = https.createServer(settings, (request, response) => {
    const socket = request.socket as TLSSocket;
    heard.push({
      path: request.url ?? "",
      certificate: String(socket.getPeerCertificate().subject?.CN ?? ""),
      name: Reflect.get(socket, "servername"),
    });
    const location = answer(request.url ?? "");
    if (location === undefined) response.end("heard");
    else response.writeHead(307, { location }).end();
  });
  return { url: `https://127.0.0.1:${await serve(server)}`, heard };
}

test("a client certificate and a server's name go to the first origin only", async () => {
  const other = await listenSecurely(() => undefined);
  const first = await listenSecurely((path) => (path === "/" ? "/on" : other.url));
  const { cert: certPem, key: keyPem } = certificates.selfSigned;
  const tls = { caPem: certificates.caPem, certPem, keyPem, serverName: "localhost" };
  expect(await doors.fetch(first.url, { tls })).toMatchObject({ body: "heard", redirects: 2 });
  expect(first.heard).toEqual([
    { path: "/", certificate: "self", name: "localhost" },
    { path: "/on", certificate: "self", name: "localhost" },
  ]);
  expect(other.heard).toEqual([{ path: "/", certificate: "", name: false }]);
});

test("from https to http, nothing secret is carried along", async () => {
  const other = await listen();
  const first = await listenSecurely(() => other.url);
  await doors.fetch(first.url, { tls: { caPem: certificates.caPem }, headers: { authorization: "s3cret" } });
  expect(other.heard[0]).not.toMatch(/s3cret/);
});

test("an address that stands for the first name does not stand for the next", async () => {
  const other = await listen();
  const url = await leadTo(other.url.replace("127.0.0.1", "elsewhere.test"));
  const guard = createGuard({ lookup: async () => [{ address: "169.254.169.254", family: 4 }] });
  const asked = createDoors({ signal, guard }).doors.fetch(url.replace("127.0.0.1", "first.test"), {
    resolve: "127.0.0.1",
  });
  await expect(asked).rejects.toMatchObject({ reason: "permission" });
});

test.each([301, 302, 303, 307, 308])("channels follow no %i, not even on one origin", async (status) => {
  const other = await listen();
  const nothingIsPushed = () => Promise.reject(new Error("Nothing is pushed."));
  const channel = openChannelDoors({ clock: systemClock, pushKeys: nothingIsPushed }, signal);
  const request = { method: "POST", body: "s3cret", headers: { authorization: "s3cret" } };
  for (const location of [other.url, "/on", "http://169.254.169.254/"])
    expect(await channel.fetch(await leadTo(location, status), request)).toMatchObject({ status, redirects: 0 });
  expect(other.heard).toEqual([]);
});
