import { execFileSync } from "node:child_process";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { serve, serveHttp, serveRaw } from "../../server/collect/doors/test-servers";
import { collect } from "./test-collect";

/** Real servers of this process, with faults that the test causes. */

describe("HTTP", () => {
  test("times each phase of a slow answer", async () => {
    const address = await serveHttp(async (_, response) => {
      await sleep(150);
      response.write("first");
      await sleep(120);
      response.end(" last");
    });
    const { value, partial, failure } = await collect({ address, mustContain: "first last" });
    expect({ partial, failure }).toEqual({ partial: [], failure: undefined });
    expect(value("endpoint_up")).toBe(1);
    expect(value("http_probe_phase_duration_seconds", "ttfb")).toBeGreaterThan(0.14);
    expect(value("http_probe_phase_duration_seconds", "transfer")).toBeGreaterThan(0.1);
    expect(value("http_probe_duration_seconds")).toBeGreaterThan(0.26);
    expect(value("http_probe_duration_seconds")).toBeLessThan(2);
    expect(value("http_probe_response_bytes")).toBe(10);
    expect(value("http_probe_ip_version")).toBe(4);
  });

  test("sends what the settings say", async () => {
    const seen: (http.IncomingHttpHeaders & { method?: string; body?: string })[] = [];
    const address = await serveHttp(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      seen.push({ ...request.headers, method: request.method ?? "", body });
      response.end("{}");
    });
    const post = { method: "POST", body: '{"a":1}', username: "ada", password: "pä:ss", headers: { "X-Key": "k" } };
    await collect({ address, ...post, endpoints: [`${address}/other`] });
    const [first, second] = seen.sort((a, b) => String(b.method).localeCompare(String(a.method)));
    expect(first).toMatchObject({ method: "POST", body: '{"a":1}', "content-type": "application/json", "x-key": "k" });
    const basic = `Basic ${Buffer.from("ada:pä:ss").toString("base64")}`;
    expect(first).toMatchObject({ authorization: basic, "user-agent": "Unity" });
    expect(second).toMatchObject({ method: "GET", "user-agent": "Unity" });
    expect(second?.authorization).toBeUndefined();
    expect(second?.["x-key"]).toBeUndefined();
  });

  test("says what is wrong with an answer", async () => {
    const address = await serveHttp((_, response) => {
      response.writeHead(503, { "content-type": "application/json", "x-version": "7" });
      response.end('{"status":"starting"}');
    });
    const { value, causes, partial, failure } = await collect({
      address,
      mustNotContain: "/start(ing|ed)/",
      jsonAssert: ["/status = ok"],
      expectedHeaders: { "x-version": "/^7$/" },
    });
    expect(failure).toBeUndefined();
    expect(causes).toEqual(["status", "content", "assert"]);
    expect(value("http_probe_assertions_failed")).toBe(1);
    expect(value("endpoint_up")).toBe(0);
    expect(partial[0]?.message).toBe(`${address} answered 503 instead of 200-299.`);
  });

  test("follows redirects, five of them and no more", async () => {
    const address = await serveHttp((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("there");
      else response.writeHead(302, { location: `/${left < 0 ? left : left - 1}` }).end();
    });
    const far = await collect({ address: `${address}/5`, mustContain: "there" });
    expect(far.value("http_probe_redirects")).toBe(5);
    expect(far.row.finalUrl).toBe(`${address}/0`);
    expect((await collect({ address: `${address}/-1` })).causes).toEqual(["protocol"]);
    const still = await collect({ address: `${address}/5`, followRedirects: false, expectedStatus: [302] });
    expect(still.value("endpoint_up")).toBe(1);
  });

  test("is not held up by an endless answer or a bomb", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1_024 * 1_024));
    const address = await serveHttp(async (request, response) => {
      if (request.url === "/bomb") {
        response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
        return;
      }
      const block = "x".repeat(64 * 1_024);
      while (!response.destroyed) if (!response.write(block)) await sleep(1);
    });
    const before = process.memoryUsage().rss;
    const endless = await collect({ address, mustContain: "xxx" });
    const bombed = await collect({ address: `${address}/bomb` });
    expect(endless.value("endpoint_up")).toBe(1);
    expect(endless.value("http_probe_response_bytes")).toBeUndefined();
    expect(bombed.value("endpoint_up")).toBe(1);
    expect(endless.elapsedMs + bombed.elapsedMs).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1_024 * 1_024);
  });

  test("ends with the time-out when the answer hangs after its headers", async () => {
    const address = await serveHttp((_, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("part");
    });
    const { causes, elapsedMs } = await collect({ address, probeTimeoutMs: 400 });
    expect(causes).toEqual(["timeout"]);
    expect(elapsedMs).toBeGreaterThan(390);
    expect(elapsedMs).toBeLessThan(1_500);
  });

  test.each([
    ["answers in another protocol", "SSH-2.0-OpenSSH_9.2p1\r\n", "protocol"],
    ["ends before the promised length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "protocol"],
    ["sends broken chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n", "protocol"],
  ])("a server that %s is down", async (_, bytes, cause) => {
    const address = await serveRaw((socket) => {
      socket.once("data", () => socket.end(bytes));
    });
    const { causes, failure, value } = await collect({ address: `http://${address}` });
    expect(failure).toBeUndefined();
    expect(causes).toEqual([cause]);
    expect(value("http_probe_success")).toBe(0);
  });

  test("tries again after a lost connection, when told to", async () => {
    let connections = 0;
    const server = http.createServer((_, response) => response.end("ok"));
    server.on("connection", (socket) => {
      connections += 1;
      if (connections % 2 === 1) socket.destroy();
    });
    const address = `http://127.0.0.1:${await serve(server)}`;
    expect((await collect({ address, retries: 1 })).value("endpoint_up")).toBe(1);
    expect((await collect({ address, retries: 0 })).causes).toEqual(["connect"]);
  });

  test("an unknown name and a closed port have reasons of their own", async () => {
    const address = await serveHttp((_, response) => response.end());
    const closed = `http://127.0.0.1:${await freePort()}`;
    const unknown = `http://${"x".repeat(64)}.invalid`;
    const { causes, value, failure } = await collect({ address, endpoints: [closed, unknown] });
    expect(failure).toBeUndefined();
    expect([...causes].sort()).toEqual(["connect", "dns"]);
    expect(value("endpoint_up", address)).toBe(1);
    expect(value("endpoints_up_ratio")).toBeCloseTo(1 / 3);
  });

  test("a cloud's metadata address is never dialled", async () => {
    const { failure } = await collect({ address: "http://169.254.169.254/latest/meta-data" });
    expect(failure?.reason).toBe("permission");
  });
});

describe("one among many", () => {
  test("a server that accepts and stays silent delays nobody", async () => {
    const good = await serveHttp((_, response) => response.end("ok"));
    const silent = await serveRaw(() => {});
    const port = await serve(net.createServer((socket) => socket.end()));
    const { value, elapsedMs, failure, partial } = await collect({
      address: `http://${silent}`,
      endpoints: [good, `tcp://127.0.0.1:${port}`, `127.0.0.1:${await freePort()}`],
      probeTimeoutMs: 500,
    });
    expect(failure).toBeUndefined();
    expect(partial.map(({ reason }) => reason).sort()).toEqual(["timeout", "unreachable"]);
    expect(value("endpoint_up", good)).toBe(1);
    expect(value("tcp_probe_success", `tcp://127.0.0.1:${port}`)).toBe(1);
    expect(value("tcp_probe_duration_seconds")).toBeLessThan(0.5);
    expect(value("endpoints_up_ratio")).toBe(0.5);
    expect(elapsedMs).toBeLessThan(1_500);
  });
});

const hasIpv6 = Object.values(os.networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
describe.skipIf(!hasIpv6)(`IPv6${hasIpv6 ? "" : " (skipped: this machine has no ::1)"}`, () => {
  test("a server on ::1 is reached by its literal, and by name when asked to", async () => {
    const server = http.createServer((_, response) => response.end("six"));
    await new Promise<void>((resolve) => server.listen(0, "::1", resolve));
    const bound = server.address();
    const port = typeof bound === "object" && bound ? bound.port : 0;
    const { value, row } = await collect({ address: `http://[::1]:${port}`, mustContain: "six" });
    const tcp = await collect({ address: `[::1]:${port}`, ipVersion: "6" });
    const four = await collect({ address: `http://[::1]:${port}`, ipVersion: "4" });
    server.closeAllConnections();
    server.close();
    expect(value("http_probe_ip_version")).toBe(6);
    expect(row.remoteAddress).toBe("::1");
    expect(tcp.value("endpoint_up")).toBe(1);
    expect(four.causes).toEqual(["dns"]);
  });
});

const whyNoPing = (() => {
  try {
    execFileSync("ping", ["-n", "-q", "-c", "1", "127.0.0.1"], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    return `needs a ping that works: ${String(error).slice(0, 100)}`;
  }
})();
/** A pair of network cards of the kernel's own that leads nowhere: what is sent to its addresses (TEST-NET-3, RFC 5737) stays here. */
const DEAD_END = `und${process.pid % 100_000}`;
const DEAD_END_ADDRESS = "203.0.113.78";
const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });
function whyNoDeadEndHere(): string | undefined {
  try {
    ip("link", "add", DEAD_END, "type", "veth", "peer", "name", `${DEAD_END}p`);
  } catch (error) {
    return `needs root and veth: ${String(error).slice(0, 100)}`;
  }
  ip("address", "add", "203.0.113.77/30", "dev", DEAD_END);
  ip("link", "set", DEAD_END, "up");
  ip("link", "set", `${DEAD_END}p`, "up");
  return undefined;
}
const whyNoDeadEnd = whyNoPing ?? whyNoDeadEndHere();
describe.skipIf(whyNoPing)(`ping${whyNoPing ? ` (skipped: ${whyNoPing})` : ""}`, () => {
  test("this machine answers itself, and a name that cannot be is told as such", async () => {
    const { value, failure, partial } = await collect({
      address: "ping://127.0.0.1",
      endpoints: [`ping://${"x".repeat(64)}.invalid`],
      probeTimeoutMs: 1_000,
    });
    expect(failure).toBeUndefined();
    expect(value("ping_probe_success", "ping://127.0.0.1")).toBe(1);
    expect(value("ping_probe_loss_ratio", "ping://127.0.0.1")).toBe(0);
    expect(value("ping_probe_duration_seconds", "ping://127.0.0.1")).toBeLessThan(0.1);
    expect(partial.map(({ reason }) => reason)).toEqual(["dns"]);
  });

  describe.skipIf(whyNoDeadEnd)(`silence${whyNoDeadEnd ? ` (skipped: ${whyNoDeadEnd})` : ""}`, () => {
    afterAll(() => void ip("link", "del", DEAD_END));

    test("an address that nobody has does not answer", async () => {
      const silent = `ping://${DEAD_END_ADDRESS}`;
      const { value } = await collect({ address: silent, probeTimeoutMs: 1_000 });
      expect(value("ping_probe_success", silent)).toBe(0);
    });
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === "object" && address ? address.port : 0;
}
