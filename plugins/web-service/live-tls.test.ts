import { X509Certificate } from "node:crypto";
import type http from "node:http";
import https from "node:https";
import { describe, expect, test } from "vitest";
import { makeCertificates } from "../../server/collect/doors/test-certificates";
import { serve, serveHttp, serveHttps } from "../../server/collect/doors/test-servers";
import { collect } from "./test-collect";

/** Real servers of this process with real certificates, as right and as wrong as the test wants them. */
const certificates = makeCertificates();
const localhost = { resolve: "127.0.0.1" };
const trusting = { tls: { caPem: certificates.caPem } };
const secureUrl = (port: number) => `https://localhost:${port}`;
const portOf = (url: string) => Number(new URL(url).port);

describe("TLS", () => {
  const expiry = (pem: string) => Date.parse(new X509Certificate(pem).validTo) / 1_000;
  const answer: http.RequestListener = (_, response) => response.end("secret page");

  test("a private CA is trusted when it is given, and only then", async () => {
    const port = portOf(await serveHttps(certificates.good, answer));
    const address = secureUrl(port);
    const given = await collect({ address, ...localhost, ...trusting });
    expect(given.value("endpoint_up")).toBe(1);
    expect(given.value("http_probe_tls")).toBe(1);
    expect(given.value("http_probe_phase_duration_seconds", "tls")).toBeGreaterThan(0);
    expect(given.value("http_probe_certificate_expiry_timestamp_seconds")).toBe(expiry(certificates.good.cert));
    expect(given.row.tlsVersion).toBe("TLSv1.3");
    const missing = await collect({ address, ...localhost });
    expect(missing.causes).toEqual(["tls"]);
    expect((await collect({ address, ...localhost, tls: { verify: false } })).value("endpoint_up")).toBe(1);
  });

  test.each(["expired", "otherName", "selfSigned"] as const)(
    "%s: nothing is sent, but the dates are known",
    async (kind) => {
      let requests = 0;
      const url = await serveHttps(certificates[kind], (_, response) => {
        requests += 1;
        response.end();
      });
      const trust = kind === "selfSigned" ? {} : trusting;
      const { causes, value, partial } = await collect({
        address: secureUrl(portOf(url)),
        ...localhost,
        ...trust,
        token: "t",
      });
      expect(causes).toEqual(["tls"]);
      expect(partial.map(({ reason }) => reason)).toEqual(["tls"]);
      expect(value("http_probe_certificate_expiry_timestamp_seconds")).toBe(expiry(certificates[kind].cert));
      if (kind === "expired") expect(value("http_probe_certificate_remaining_seconds")).toBeLessThan(0);
      expect(requests).toBe(0);
    },
  );

  test("a server that knows TLS 1.2 only is spoken to", async () => {
    const server = https.createServer({ ...certificates.good, maxVersion: "TLSv1.2" }, answer);
    const { row } = await collect({ address: secureUrl(await serve(server)), ...localhost, ...trusting });
    expect(row).toMatchObject({ state: "up", tlsVersion: "TLSv1.2" });
  });

  test("https to a port that speaks plain HTTP is down", async () => {
    const plain = await serveHttp(answer);
    const { causes, partial } = await collect({ address: secureUrl(portOf(plain)), ...localhost });
    expect(causes).toEqual(["tls"]);
    expect(partial[0]?.message).toMatch(/does not speak TLS/);
  });
});
