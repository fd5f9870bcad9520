import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { expect, test } from "vitest";
import { createDoors } from "./doors";
import { makeCertificates } from "./test-certificates";
import { afterThisTest, serve } from "./test-servers";

const certificates = makeCertificates();
const host = "127.0.0.1";

function openDoors() {
  const run = new AbortController();
  const { doors, close } = createDoors({ signal: run.signal });
  afterThisTest(close);
  return { doors, run, close };
}
const serveTcp = (onConnection: (socket: net.Socket) => void) => serve(net.createServer(onConnection));

test("reads lines, bytes and the rest, as they were sent", async () => {
  const port = await serveTcp((socket) => {
    socket.write("220 he");
    socket.once("data", (data) => socket.end(`llo\r\nyou said ${data}\nrest of it`));
  });
  const stream = await openDoors().doors.connect({ transport: "tcp", host, port });
  expect(stream).toMatchObject({ remoteAddress: host, tls: undefined });
  await stream.write("EHLO");
  expect(await stream.readLine()).toBe("220 hello");
  expect(await stream.readLine()).toBe("you said EHLO");
  expect(Buffer.from(await stream.read(4)).toString()).toBe("rest");
  expect(Buffer.from(await stream.readAll()).toString()).toBe(" of it");
  await expect(stream.readLine()).rejects.toMatchObject({ reason: "protocol" });
  expect(await stream.readAll()).toHaveLength(0);
});

test("tells how long it waited for the other side, and not for this one", async () => {
  const port = await serveTcp((socket) => {
    socket.on("data", () => setTimeout(() => socket.write("late\n"), 60));
  });
  const stream = await openDoors().doors.connect({ transport: "tcp", host, port });
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(stream.waitedMs).toBe(0);
  await stream.write("ask");
  await stream.readLine();
  expect(stream.waitedMs).toBeGreaterThan(50);
  expect(stream.waitedMs).toBeLessThan(5_000);
});

test("a half-closed stream is read to its end", async () => {
  const port = await serve(
    net.createServer({ allowHalfOpen: true }, (socket) => {
      socket.end("all of it");
      socket.resume();
    }),
  );
  const stream = await openDoors().doors.connect({ transport: "tcp", host, port });
  expect(Buffer.from(await stream.readAll()).toString()).toBe("all of it");
  await expect(stream.read(1)).rejects.toMatchObject({ reason: "protocol" });
});

test("a line, a length and an answer without end are refused, and what comes ahead stays outside", async () => {
  const port = await serveTcp((socket) => {
    const more = () => {
      while (socket.write(Buffer.alloc(65_536, "x")));
    };
    socket.on("drain", more);
    more();
  });
  const { doors } = openDoors();
  const connect = () => doors.connect({ transport: "tcp", host, port });
  const stream = await connect();
  await expect(stream.readLine()).rejects.toMatchObject({ reason: "protocol" });
  await expect((await connect()).readAll(100_000)).rejects.toMatchObject({ reason: "protocol" });
  await expect((await connect()).read(4_000_000_000)).rejects.toMatchObject({ reason: "protocol" });
  expect(await (await connect()).read(8_000_000)).toHaveLength(8_000_000);
});

test("each reading ends in time, and at once with the run", async () => {
  const port = await serveTcp(() => {});
  const { doors, run } = openDoors();
  const patient = await doors.connect({ transport: "tcp", host, port });
  const hasty = await doors.connect({ transport: "tcp", host, port, timeoutMs: 50 });
  await expect(hasty.readLine()).rejects.toMatchObject({ reason: "timeout" });
  const reading = expect(patient.readLine()).rejects.toMatchObject({ reason: "timeout" });
  run.abort();
  await reading;
  await expect(patient.write("x")).rejects.toMatchObject({ reason: "timeout" });
});

test("closing the doors closes what a plugin left open", async () => {
  let ended = false;
  const port = await serveTcp((socket) => socket.on("close", () => (ended = true)).resume());
  const { doors, close } = openDoors();
  await doors.connect({ transport: "tcp", host, port });
  await close();
  await expect.poll(() => ended).toBe(true);
});

test("speaks over a Unix socket, and says which one is not there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "unity-stream-"));
  afterThisTest(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "s");
  await serve(
    net.createServer((socket) => socket.end("hi\n")),
    path,
  );
  const { doors } = openDoors();
  expect(await (await doors.connect({ transport: "unix", path })).readLine()).toBe("hi");
  await expect(doors.connect({ transport: "unix", path: `${path}.no` })).rejects.toMatchObject({
    reason: "not_found",
    message: `${path}.no is not there.`,
  });
});

test.each([
  ["expired", "CERT_HAS_EXPIRED"],
  ["selfSigned", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ["otherName", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["good", ""],
] as const)("reads the facts of a certificate that is %s, with verification off", async (kind, verdict) => {
  let serverName: string | false | undefined;
  const server = tls.createServer({ ...certificates[kind], maxVersion: "TLSv1.2" }, (socket) => {
    serverName = socket.servername ?? undefined;
    socket.end("x\n");
  });
  const port = await serve(server);
  const choice = { verify: false, caPem: certificates.caPem };
  const stream = await openDoors().doors.connect({ transport: "tls", host, port, tls: choice });
  expect(stream.tls).toMatchObject({ protocol: "TLSv1.2", authorized: verdict === "", authorizationError: verdict });
  expect(stream.tls?.handshakeMs).toBeGreaterThan(0);
  // What was sent: not the root that the client was given.
  expect(stream.tls?.chainPem).toHaveLength(kind === "selfSigned" ? 1 : 2);
  expect(stream.tls?.chainPem[0]).toContain("BEGIN CERTIFICATE");
  expect(await stream.readLine()).toBe("x");
  // An address is no server name (RFC 6066).
  expect(serverName || undefined).toBeUndefined();
});

test("sends a name as SNI", async () => {
  let serverName: string | false | null = null;
  const server = tls.createServer({ ...certificates.good }, (socket) => {
    serverName = socket.servername;
    socket.end("x\n");
  });
  const port = await serve(server);
  const tlsChoice = { caPem: certificates.caPem };
  const stream = await openDoors().doors.connect({
    transport: "tls",
    host: "localhost",
    port,
    tls: tlsChoice,
  });
  await stream.readLine();
  expect(serverName).toBe("localhost");
});

test("upgrades a stream with STARTTLS", async () => {
  const context = tls.createSecureContext(certificates.good);
  const port = await serveTcp((socket) => {
    socket.write("220 ready\r\n");
    socket.once("data", () => {
      socket.write("220 go\r\n", () => {
        const secure = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
        secure.on("error", () => {}).on("data", (data) => secure.end(`safe ${data}\n`));
      });
    });
  });
  const { doors } = openDoors();
  const stream = await doors.connect({ transport: "tcp", host, port, tls: { caPem: certificates.caPem } });
  expect(await stream.readLine()).toBe("220 ready");
  await stream.write("STARTTLS\r\n");
  expect(await stream.readLine()).toBe("220 go");
  await stream.startTls();
  expect(stream.tls?.authorized).toBe(true);
  await stream.write("text");
  expect(await stream.readLine()).toBe("safe text");
});

test("refuses text that was sent ahead of the handshake", async () => {
  const port = await serveTcp((socket) => socket.write("220 go\r\n250 injected\r\n"));
  const stream = await openDoors().doors.connect({ transport: "tcp", host, port });
  await stream.readLine();
  await expect(stream.startTls({ verify: false })).rejects.toMatchObject({ reason: "protocol" });
});

test("a plain port, a refused one and a hanging handshake fail as such", async () => {
  const { doors } = openDoors();
  const port = await serveTcp((socket) => socket.end("220 plain\r\n"));
  await expect(doors.connect({ transport: "tls", host, port })).rejects.toMatchObject({ reason: "tls" });
  await expect(doors.connect({ transport: "tcp", host, port: 1 })).rejects.toMatchObject({
    reason: "unreachable",
    cause: { code: "ECONNREFUSED" },
    elapsedMs: expect.any(Number),
  });
  const silent = await serveTcp(() => {});
  const hanging = doors.connect({ transport: "tls", host, port: silent, timeoutMs: 100 });
  await expect(hanging).rejects.toMatchObject({ reason: "timeout" });
  await expect(doors.connect({ transport: "tcp", host: "169.254.169.254", port: 80 })).rejects.toMatchObject({
    reason: "permission",
  });
});
