import { X509Certificate } from "node:crypto";
import { type CollectContext, CollectError, errorCode, type TlsFacts } from "../sdk";
import type { Config } from "./config";
import type { Endpoint } from "./endpoints";

export interface PeerCertificate {
  readonly expiresAt: number;
  readonly lifetimeMs: number;
  readonly subject: string;
  readonly issuer: string;
}

/** The server's own certificate. Undefined when it cannot be read: a detail must not make an endpoint look down. */
export function readPeerCertificate(tls: TlsFacts | undefined): PeerCertificate | undefined {
  const leaf = tls?.chainPem[0];
  if (leaf === undefined) return undefined;
  try {
    const certificate = new X509Certificate(leaf);
    const expiresAt = Date.parse(certificate.validTo);
    const lifetimeMs = expiresAt - Date.parse(certificate.validFrom);
    if (!Number.isFinite(lifetimeMs)) return undefined;
    return { expiresAt, lifetimeMs, subject: shorten(certificate.subject), issuer: shorten(certificate.issuer) };
  } catch {
    // Node.js cannot parse everything that a server may send; the rest of the probe is good.
    return undefined;
  }
}

const shorten = (name: string | undefined) => (name ?? "").replaceAll("\n", ", ").slice(0, 300);

/** Certificates that do not hold, by OpenSSL's words; other faults of TLS leave nothing to look at. */
const UNTRUSTED = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT_ALTNAME)/;

/**
 * After a refused certificate, looks at it on a connection of its own, over which nothing is sent: that an expired certificate
 * expired is worth a number.
 */
export async function inspectRefused(
  { connect, config, signal }: CollectContext<Config>,
  { settings }: Endpoint,
  url: URL,
  error: unknown,
): Promise<TlsFacts | undefined> {
  if (url.protocol !== "https:" || !(error instanceof CollectError) || !UNTRUSTED.test(errorCode(error.cause)))
    return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  try {
    const stream = await connect({
      transport: "tls",
      host: settings.resolve ?? host,
      port: url.port === "" ? 443 : Number(url.port),
      tls: { ...config.tls, verify: false, serverName: config.tls.serverName || host },
      family: familyOf(config),
      timeoutMs: config.probeTimeoutMs,
    });
    stream.close();
    return stream.tls;
  } catch (second) {
    if (signal.aborted || !(second instanceof CollectError)) throw second;
    return undefined;
  }
}

export const familyOf = ({ ipVersion }: Pick<Config, "ipVersion">): 4 | 6 | undefined =>
  ipVersion === "auto" ? undefined : ipVersion === "4" ? 4 : 6;
