import { X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";
import { afterAll, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { makeCertificates } from "../../server/collect/doors/test-certificates";
import { serve, serveRaw } from "../../server/collect/doors/test-servers";
import { validateReadings } from "../../server/collect/validate";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";

/** Real servers of this process with real certificates, as right and as wrong as the test wants them. */
const certificates = makeCertificates();
const { caPem } = certificates;
type Pair = { cert: string; key: string };

async function collect(config: Record<string, unknown>) {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal });
  const now = Date.now();
  const startedAt = performance.now();
  const collected = await collectReadings(plugin, {
    config,
    doors,
    now,
    signal,
    memory: createMemory(() => now),
    log: { debug: () => {}, warn: () => {} },
  });
  await close();
  expect(collected.failure).toBeUndefined();
  expect(validateReadings(plugin, collected.readings).remarks).toEqual([]);
  const readingOf = (metric: string, target?: string) =>
    collected.readings.find((one) => one.metric === metric && (target === undefined || one.labels.target === target));
  const value = (metric: string, target?: string) => {
    const found = readingOf(metric, target)?.value;
    return typeof found === "number" ? found : undefined;
  };
  const info = readingOf("certificate_info")?.labels ?? {};
  return { ...collected, value, info, elapsedMs: performance.now() - startedAt };
}

const serveTls = (pair: Pair, options: tls.TlsOptions = {}) =>
  serve(tls.createServer({ ...pair, ...options }, (socket) => socket.on("error", () => {})));
const localhost = (port: number) => `localhost:${port}`;

describe("TLS from the start", () => {
  test("a good certificate is read as openssl made it", async () => {
    const target = localhost(await serveTls(certificates.good));
    const { value, info, partial } = await collect({ targets: [target], caPem });
    const leaf = new X509Certificate(certificates.good.cert);
    expect(partial).toEqual([]);
    expect(value("certificate_probe_success")).toBe(1);
    expect(value("certificate_expiry_timestamp_seconds")).toBe(Date.parse(leaf.validTo) / 1_000);
    expect(value("certificate_not_before_timestamp_seconds")).toBe(Date.parse(leaf.validFrom) / 1_000);
    expect(value("certificate_remaining_ratio")).toBeGreaterThan(0.99);
    expect(value("certificate_chain_valid")).toBe(1);
    expect(value("certificate_hostname_match")).toBe(1);
    expect(value("certificate_san_count")).toBe(3);
    expect(value("certificate_handshake_duration_seconds")).toBeGreaterThan(0);
    expect(info).toMatchObject({ subject_cn: "good", issuer_cn: "middle", key_type: "ec", key_bits: "256" });
    expect(info).toMatchObject({ fingerprint_sha256: leaf.fingerprint256, tls_version: "TLSv1.3" });
  });

  test.each<[kind: string, pair: Pair, ca: string | undefined, chainValid: number, nameMatches: number]>([
    ["private CA not given", certificates.good, undefined, 0, 1],
    ["expired", certificates.expired, caPem, 0, 1],
    ["another name", certificates.otherName, caPem, 1, 0],
    ["self-signed", certificates.selfSigned, caPem, 0, 1],
    ["self-signed and given", certificates.selfSigned, certificates.selfSigned.cert, 1, 1],
  ])("%s: the dates are read, and the verdicts are right", async (_, pair, ca, chainValid, nameMatches) => {
    const target = localhost(await serveTls(pair));
    const { value, partial } = await collect({ targets: [target], ...(ca ? { caPem: ca } : {}) });
    expect(partial).toEqual([]);
    expect(value("certificate_chain_valid")).toBe(chainValid);
    expect(value("certificate_hostname_match")).toBe(nameMatches);
    expect(value("certificate_expiry_timestamp_seconds")).toBe(
      Date.parse(new X509Certificate(pair.cert).validTo) / 1_000,
    );
    const isExpired = pair === certificates.expired;
    expect((value("certificate_remaining_seconds") ?? 0) < 0).toBe(isExpired);
  });

  test("a server that knows TLS 1.2 only, asked by address: no SNI is sent, and the address is compared", async () => {
    const names: unknown[] = [];
    const server = tls.createServer({ ...certificates.good, maxVersion: "TLSv1.2" }, (socket) => {
      names.push(socket.servername);
      socket.on("error", () => {});
    });
    const port = await serve(server);
    const named = { host: "127.0.0.1", port, serverName: "localhost", label: "named" };
    const { value, info } = await collect({ targets: [`127.0.0.1:${port}`, named], caPem });
    expect(info.tls_version).toBe("TLSv1.2");
    expect(value("certificate_hostname_match", `127.0.0.1:${port}`)).toBe(1);
    expect(value("certificate_hostname_match", "named")).toBe(1);
    expect(new Set(names)).toEqual(new Set([false, "localhost"]));
  });

  test("a server that asks for a client certificate is shown it", async () => {
    const seen: (string | undefined)[] = [];
    const server = tls.createServer(
      { ...certificates.good, requestCert: true, ca: caPem, maxVersion: "TLSv1.2" },
      (socket) => {
        const { CN } = socket.getPeerCertificate().subject;
        seen.push([CN].flat()[0]);
        socket.on("error", () => {});
      },
    );
    const target = localhost(await serve(server));
    const { cert, key } = certificates.otherName;
    const given = await collect({ targets: [target], caPem, clientCertPem: cert, clientKeyPem: key });
    expect(given.value("certificate_probe_success")).toBe(1);
    expect(seen).toEqual(["other"]);
    const missing = await collect({ targets: [target], caPem });
    expect(missing.value("certificate_probe_success")).toBe(0);
  });

  test("a plaintext port is said to be one", async () => {
    const port = await serve(net.createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
    const { value, partial } = await collect({ targets: [localhost(port)] });
    expect(value("certificate_probe_success")).toBe(0);
    expect(partial).toEqual([{ reason: "tls", message: expect.stringContaining("does not speak TLS") }]);
  });

  test("one of five hangs: the others are read in their own time", async () => {
    const silent = Number((await serveRaw(() => {})).split(":")[1]);
    const ports = await Promise.all(Array.from({ length: 4 }, () => serveTls(certificates.good)));
    const targets = [silent, ...ports].map(localhost);
    const { value, partial, elapsedMs } = await collect({ targets, caPem, probeTimeoutMs: 600 });
    expect(targets.map((target) => value("certificate_probe_success", target))).toEqual([0, 1, 1, 1, 1]);
    expect(partial.map(({ reason }) => reason)).toEqual(["timeout"]);
    expect(elapsedMs).toBeLessThan(1_600);
  });

  const hasIpv6 = Object.values(os.networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
  test.skipIf(!hasIpv6)(`IPv6${hasIpv6 ? "" : " (skipped: this machine has no ::1)"}`, async () => {
    const server = tls.createServer(certificates.good, (socket) => socket.on("error", () => {}));
    await new Promise<void>((resolve) => server.listen(0, "::1", resolve));
    const bound = server.address();
    const port = typeof bound === "object" && bound ? bound.port : 0;
    const { value } = await collect({ targets: [`[::1]:${port}`], caPem });
    server.close();
    expect(value("certificate_hostname_match")).toBe(1);
    expect(value("certificate_chain_valid")).toBe(1);
  });
});

describe("STARTTLS", () => {
  /** Talks in plain text by the script, then secures the connection. */
  const serveUpgrade = (talk: (socket: net.Socket, secure: () => void) => void) =>
    serve(
      net.createServer((socket) => {
        const secure = () => {
          socket.removeAllListeners("data");
          const context = tls.createSecureContext(certificates.good);
          new tls.TLSSocket(socket, { isServer: true, secureContext: context }).on("error", () => {});
        };
        talk(socket, secure);
      }),
    );
  const onLine = (socket: net.Socket, answer: (line: string) => void) =>
    socket.on("data", (data) => answer(data.toString().trim()));

  test.each<[scheme: string, talk: (socket: net.Socket, secure: () => void) => void]>([
    [
      "smtp",
      (socket, secure) => {
        socket.write("220-mail.lab ESMTP\r\n220 hello\r\n");
        onLine(socket, (line) => {
          if (line.startsWith("EHLO ")) socket.write("250-mail.lab\r\n250-SIZE\r\n250 STARTTLS\r\n");
          else if (line === "STARTTLS") socket.write("220 go ahead\r\n", secure);
        });
      },
    ],
    [
      "imap",
      (socket, secure) => {
        socket.write("* OK ready\r\n");
        onLine(socket, (line) => line === "a1 STARTTLS" && socket.write("a1 OK begin\r\n", secure));
      },
    ],
    [
      "pop3",
      (socket, secure) => {
        socket.write("+OK ready\r\n");
        onLine(socket, (line) => line === "STLS" && socket.write("+OK begin\r\n", secure));
      },
    ],
    [
      "postgres",
      (socket, secure) => {
        socket.once("data", (data) => data.equals(Buffer.from("0000000804d2162f", "hex")) && socket.write("S", secure));
      },
    ],
    [
      "ldap",
      (socket, secure) => {
        // As OpenLDAP answers: success, no matched name, no text.
        const done = Buffer.from("300c02010178070a010004000400", "hex");
        socket.once("data", (data) => data.includes("1.3.6.1.4.1.1466.20037") && socket.write(done, secure));
      },
    ],
  ])("%s", async (scheme, talk) => {
    const target = `${scheme}://localhost:${await serveUpgrade(talk)}`;
    const { value, partial, info } = await collect({ targets: [target], caPem, probeTimeoutMs: 3_000 });
    expect(partial).toEqual([]);
    expect(value("certificate_chain_valid")).toBe(1);
    expect(value("certificate_hostname_match")).toBe(1);
    expect(info.subject_cn).toBe("good");
  });

  test("text smuggled in before the handshake is not taken for protected", async () => {
    const port = await serveUpgrade((socket) => {
      socket.write("+OK ready\r\n");
      onLine(socket, () => socket.write("+OK begin\r\n+OK more\r\n"));
    });
    const { partial } = await collect({ targets: [`pop3://localhost:${port}`] });
    expect(partial.map(({ reason }) => reason)).toEqual(["protocol"]);
  });

  test("a server that sends a line now and then does not outlast the time-out", async () => {
    const port = await serveUpgrade(async (socket) => {
      while (!socket.destroyed) {
        socket.write("220-not yet\r\n");
        await sleep(100);
      }
    });
    const { partial, elapsedMs } = await collect({ targets: [`smtp://localhost:${port}`], probeTimeoutMs: 500 });
    expect(partial.map(({ reason }) => reason)).toEqual(["timeout"]);
    expect(elapsedMs).toBeLessThan(1_500);
  });
});

describe("files", () => {
  const folder = mkdtempSync(join(os.tmpdir(), "unity-certificate-files-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { cert, key } = certificates.good;
  for (const name of ["live/nas.lab", "live/mail.lab", "archive"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "archive/fullchain1.pem"), cert);
  symlinkSync("../../archive/fullchain1.pem", join(folder, "live/nas.lab/fullchain.pem"));
  writeFileSync(join(folder, "live/nas.lab/privkey.pem"), key);
  writeFileSync(join(folder, "live/mail.lab/fullchain.pem"), certificates.expired.cert);
  writeFileSync(join(folder, "nas.der"), new X509Certificate(cert).raw);
  writeFileSync(join(folder, "both.pem"), `${key}${cert}`);

  test("PEM by a pattern and through a link, the key beside it passed over", async () => {
    const { value, readings, partial } = await collect({ files: [`${folder}/live/*/*.pem`] });
    expect(partial).toEqual([]);
    expect(readings.filter(({ metric }) => metric === "certificate_probe_success")).toHaveLength(2);
    expect(value("certificate_remaining_seconds", `${folder}/live/nas.lab/fullchain.pem`)).toBeGreaterThan(0);
    expect(value("certificate_remaining_seconds", `${folder}/live/mail.lab/fullchain.pem`)).toBeLessThan(0);
  });

  test("DER, and a certificate after its key, are the same certificate", async () => {
    const { readings, partial, value } = await collect({ files: [`${folder}/nas.der`, `${folder}/both.pem`] });
    expect(partial).toEqual([]);
    const prints = readings
      .filter(({ metric }) => metric === "certificate_info")
      .map(({ labels }) => labels.fingerprint_sha256);
    const { fingerprint256 } = new X509Certificate(cert);
    expect(prints).toEqual([fingerprint256, fingerprint256]);
    expect(value("certificate_chain_valid")).toBeUndefined();
  });

  test("a file that is not there is said, and the rest is read", async () => {
    const { partial, value } = await collect({ files: [`${folder}/gone.pem`, `${folder}/both.pem`] });
    expect(partial.map(({ reason }) => reason)).toEqual(["not_found"]);
    expect(value("certificate_probe_success", `${folder}/both.pem`)).toBe(1);
    expect(value("certificate_probe_success", `${folder}/gone.pem`)).toBe(0);
  });
});
