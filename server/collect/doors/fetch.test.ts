import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { createDoors } from "./doors";
import { makeCertificates } from "./test-certificates";
import { afterThisTest, serve, serveHttp, serveHttps, serveRaw } from "./test-servers";

const { doors } = createDoors({ signal: new AbortController().signal });
const certificates = makeCertificates();
const MIB = 1_024 * 1_024;

test("answers with status, headers, body, address and the time of each phase", async () => {
  const url = await serveHttp((request, response) => {
    response.writeHead(404, { "content-type": "text/plain", "set-cookie": ["a=1", "b=2"] });
    response.end(`${request.method} ${request.url} ${request.headers.host}`);
  });
  const answer = await doors.fetch(`${url}/x?y=1`, { method: "POST", body: "ask" });
  expect(answer).toMatchObject({ status: 404, truncated: false, redirects: 0, remoteAddress: "127.0.0.1" });
  expect(answer.body).toBe(`POST /x?y=1 ${new URL(url).host}`);
  expect(answer.headers["set-cookie"]).toBe("a=1\nb=2");
  const { total, ...phases } = answer.timings;
  for (const phase of Object.values(phases)) expect(phase).toBeGreaterThanOrEqual(0);
  expect(Object.values(phases).reduce((sum, phase) => sum + phase, 0)).toBeLessThanOrEqual(total + 1);
  expect(answer.tls).toBeUndefined();
});

test("uses a fresh connection for each request", async () => {
  let connections = 0;
  const server = http.createServer((_, response) => response.end("x")).on("connection", () => (connections += 1));
  const port = await serve(server);
  for (let count = 0; count < 3; count += 1) await doors.fetch(`http://127.0.0.1:${port}/`);
  expect(connections).toBe(3);
});

test.each([
  ["gzip", zlib.gzipSync],
  ["br", zlib.brotliCompressSync],
  ["deflate", zlib.deflateSync],
  ["deflate", zlib.deflateRawSync],
])("decodes %s", async (coding, pack) => {
  const url = await serveHttp((_, response) => {
    response.writeHead(200, { "content-encoding": coding }).end(pack(Buffer.from("grüße ".repeat(1_000))));
  });
  expect((await doors.fetch(url)).body).toBe("grüße ".repeat(1_000));
});

test("takes an empty body for empty, whatever its coding", async () => {
  const url = await serveHttp((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end());
  expect((await doors.fetch(url)).body).toBe("");
  expect((await doors.fetch(url, { method: "HEAD" })).body).toBe("");
});

test("reads the charset that the server names", async () => {
  const url = await serveHttp((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=ISO-8859-1" }).end(Buffer.from("grüße", "latin1"));
  });
  expect((await doors.fetch(url)).body).toBe("grüße");
});

test("cuts a gzip bomb at the cap without unpacking it", async () => {
  const bomb = zlib.gzipSync(Buffer.alloc(200 * MIB));
  const url = await serveHttp((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
  const before = process.memoryUsage().rss;
  const answer = await doors.fetch(url, { maxBytes: MIB });
  expect(answer.truncated).toBe(true);
  expect(answer.body).toHaveLength(MIB);
  expect(process.memoryUsage().rss - before).toBeLessThan(60 * MIB);
});

test("cuts an endless body at the cap", async () => {
  const url = await serveHttp((_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536, "x")));
      response.once("drain", more);
    };
    more();
  });
  const answer = await doors.fetch(url, { maxBytes: 100_000 });
  expect(answer).toMatchObject({ status: 200, truncated: true });
  expect(answer.body).toHaveLength(100_000);
});

test("a body of exactly the cap is whole", async () => {
  const url = await serveHttp((_, response) => response.end("x".repeat(100)));
  expect(await doors.fetch(url, { maxBytes: 100 })).toMatchObject({ truncated: false });
});

test("speaks over a Unix socket", async () => {
  const folder = mkdtempSync(join(tmpdir(), "unity-socket-"));
  afterThisTest(() => rmSync(folder, { recursive: true }));
  const socketPath = join(folder, "s");
  await serve(
    http.createServer((request, response) => response.end(`${request.headers.host}${request.url}`)),
    socketPath,
  );
  const answer = await doors.fetch("http://docker/v1/info", { socketPath });
  expect(answer).toMatchObject({ body: "docker/v1/info", remoteAddress: socketPath });
});

test("connects where `resolve` says and keeps the host", async () => {
  const url = await serveHttp((request, response) => response.end(request.headers.host));
  const { port } = new URL(url);
  expect((await doors.fetch(`http://nas.test:${port}/`, { resolve: "127.0.0.1" })).body).toBe(`nas.test:${port}`);
});

test("makes user and password of the address a header, and keeps them out of everything it says", async () => {
  const url = await serveHttp((request, response) => response.end(request.headers.authorization));
  const answer = await doors.fetch(url.replace("http://", "http://me:s3cret%21@"));
  expect(answer.body).toBe(`Basic ${Buffer.from("me:s3cret!").toString("base64")}`);
  expect(answer.url).toBe(`${url}/`);
  const failed = doors.fetch("http://me:s3cret@127.0.0.1:1/x?token=s3cret");
  await expect(failed).rejects.toMatchObject({
    reason: "unreachable",
    message: "127.0.0.1:1 refused the connection.",
  });
});

test("follows redirects on one origin with everything, and not more than asked", async () => {
  const seen: (string | undefined)[] = [];
  const url = await serveHttp((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers["x-api-key"]}`);
    const left = Number(request.url?.slice(1));
    if (left > 0) response.writeHead(left === 3 ? 303 : 307, { location: `/${left - 1}` }).end();
    else response.end("there");
  });
  const options = { method: "POST", body: "x", headers: { "X-Api-Key": "k" } };
  const answer = await doors.fetch(`${url}/3`, options);
  expect(answer).toMatchObject({ body: "there", redirects: 3, url: `${url}/0` });
  expect(seen).toEqual(["POST /3 k", "GET /2 k", "GET /1 k", "GET /0 k"]);
  await expect(doors.fetch(`${url}/4`)).rejects.toMatchObject({ reason: "protocol" });
  expect(await doors.fetch(`${url}/1`, { maxRedirects: 0 })).toMatchObject({ status: 307, redirects: 0 });
});

test("gives another origin none of the credentials", async () => {
  let got: IncomingHttpHeaders = {};
  const other = await serveHttp((request, response) => {
    got = request.headers;
    response.end("stranger");
  });
  const url = await serveHttp((_, response) =>
    response.writeHead(302, { location: other.replace("//", "//u:p@") }).end(),
  );
  const headers = {
    Authorization: "Bearer s3cret",
    Cookie: "s3cret",
    "X-Plex-Token": "s3cret",
    Accept: "text/plain",
    "User-Agent": "mine",
  };
  const answer = await doors.fetch(url, { headers });
  expect(answer).toMatchObject({ body: "stranger", url: `${other}/` });
  expect(got).toEqual({
    accept: "text/plain",
    "accept-encoding": "gzip, deflate, br",
    connection: "close",
    host: new URL(other).host,
    "user-agent": "mine",
  });
});

test("does not carry a body to another origin", async () => {
  const other = await serveHttp((_, response) => response.end());
  const url = await serveHttp((_, response) => response.writeHead(308, { location: other }).end());
  await expect(doors.fetch(url, { method: "POST", body: "password=s3cret" })).rejects.toMatchObject({
    reason: "protocol",
  });
});

test.each(["file:///etc/passwd", "http://[::bad/", "javascript:1"])(
  "does not follow a redirect to %s",
  async (location) => {
    const url = await serveHttp((_, response) => response.writeHead(302, { location }).end());
    await expect(doors.fetch(url)).rejects.toMatchObject({ reason: "protocol" });
  },
);

test.each([
  ["ftp://127.0.0.1/", "protocol"],
  ["nonsense", "protocol"],
  ["http://169.254.169.254/latest", "permission"],
  ["http://[::ffff:169.254.169.254]/", "permission"],
  ["http://[fe80::1]/", "permission"],
  ["http://[fd00:ec2::254]/", "permission"],
  ["http://0xa9fea9fe/", "permission"],
  ["http://name.invalid/", "dns"],
])("refuses %s as %s", async (url, reason) => {
  await expect(doors.fetch(url)).rejects.toMatchObject({ name: "CollectError", reason });
});

test("refuses a metadata address behind `resolve` and behind a redirect", async () => {
  await expect(doors.fetch("http://nas.test/", { resolve: "169.254.169.254" })).rejects.toMatchObject({
    reason: "permission",
  });
  const url = await serveHttp((_, response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end());
  await expect(doors.fetch(url)).rejects.toMatchObject({ reason: "permission", hint: expect.any(String) });
});

test.each([
  ["a header that is none", "HTTP/1.1 200 OK\r\nbro ken\u0001header\r\n\r\n", "protocol"],
  ["another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "protocol"],
  ["a body shorter than announced", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort", "protocol"],
  ["chunks of garbage", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "protocol"],
  ["broken gzip", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nnot gzip at all", "protocol"],
  ["an unknown coding", "HTTP/1.1 200 OK\r\ncontent-encoding: zstd\r\n\r\nx", "protocol"],
  ["half a header", "HTTP/1.1 200 OK\r\ncontent-", "unreachable"],
  ["nothing", "", "unreachable"],
])("a server that sends %s fails as such", async (_, text, reason) => {
  const address = await serveRaw((socket) => socket.once("data", () => socket.end(text)));
  await expect(doors.fetch(`http://${address}/`)).rejects.toMatchObject({ name: "CollectError", reason });
});

test("ends when a server accepts and stays silent", async () => {
  const address = await serveRaw(() => {});
  const startedAt = performance.now();
  await expect(doors.fetch(`http://${address}/a?key=s3cret`, { timeoutMs: 100 })).rejects.toMatchObject({
    reason: "timeout",
    message: `http://${address}/a did not answer in 0.1 s.`,
  });
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test("ends when a body stops in the middle, and in the TLS handshake", async () => {
  const address = await serveRaw((socket) => {
    socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx"));
  });
  await expect(doors.fetch(`http://${address}/`, { timeoutMs: 100 })).rejects.toMatchObject({ reason: "timeout" });
  await expect(doors.fetch(`https://${address}/`, { timeoutMs: 100 })).rejects.toMatchObject({ name: "CollectError" });
  const silent = await serveRaw(() => {});
  await expect(doors.fetch(`https://${silent}/`, { timeoutMs: 100 })).rejects.toMatchObject({ reason: "timeout" });
});

test("the run's signal ends it at once, and its connection", async () => {
  const run = new AbortController();
  let ended = () => {};
  const connectionEnded = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const address = await serveRaw((socket) => {
    socket.once("data", () => run.abort()).on("end", () => socket.end());
    socket.on("close", () => ended());
  });
  const running = createDoors({ signal: run.signal });
  await expect(running.doors.fetch(`http://${address}/`)).rejects.toMatchObject({ reason: "timeout" });
  await connectionEnded;
  await expect(running.doors.fetch(`http://${address}/`)).rejects.toMatchObject({ reason: "timeout" });
});

test("verifies with a private CA, and gives the facts of the connection", async () => {
  const url = await serveHttps(certificates.good, (_, response) => response.end("safe"));
  const answer = await doors.fetch(url, { tls: { caPem: certificates.caPem } });
  expect(answer.body).toBe("safe");
  expect(answer.tls).toMatchObject({ protocol: "TLSv1.3", authorized: true, authorizationError: "" });
  expect(answer.tls?.chainPem).toHaveLength(2);
  expect(answer.timings.tls).toBeGreaterThan(0);
});

test.each([
  ["selfSigned", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ["expired", "CERT_HAS_EXPIRED"],
  ["otherName", "ERR_TLS_CERT_ALTNAME_INVALID"],
] as const)("a certificate that is %s is refused, or reported when verification is off", async (kind, verdict) => {
  const url = await serveHttps(certificates[kind], (request, response) => response.end(request.headers.authorization));
  const headers = { authorization: "s3cret" };
  const caPem = certificates.caPem;
  const refused = doors.fetch(url, { headers, tls: { caPem } });
  await expect(refused).rejects.toMatchObject({ reason: "tls", hint: expect.any(String) });
  const answer = await doors.fetch(url, { headers, tls: { verify: false, caPem } });
  expect(answer.tls).toMatchObject({ authorized: false, authorizationError: verdict });
});

test("a server name of one's own is compared instead of the host", async () => {
  const url = await serveHttps(certificates.otherName, (_, response) => response.end("x"));
  const answer = await doors.fetch(url, { tls: { caPem: certificates.caPem, serverName: "other.test" } });
  expect(answer.tls?.authorized).toBe(true);
});

test("says that a port does not speak TLS, and that a CA is no certificate", async () => {
  const url = await serveHttp((_, response) => response.end());
  await expect(doors.fetch(url.replace("http:", "https:"))).rejects.toMatchObject({
    reason: "tls",
    message: expect.stringContaining("does not speak TLS"),
  });
  await expect(doors.fetch(url.replace("http:", "https:"), { tls: { caPem: "rubbish" } })).rejects.toMatchObject({
    reason: "tls",
  });
});

test("a header that cannot be sent is the plugin's fault, and its value is not repeated", async () => {
  const url = await serveHttp((_, response) => response.end());
  const failed = doors.fetch(url, { headers: { authorization: "s3cret\r\nx: y" } });
  await expect(failed).rejects.toMatchObject({ reason: "internal", message: expect.not.stringContaining("s3cret") });
});
