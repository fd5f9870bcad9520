import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import tls from "node:tls";
import type { TlsChoice, TlsFacts } from "../../../plugins/sdk/context";
import { CollectError } from "../../../plugins/sdk/errors";
import { elapsedMs } from "./elapsed";
import { toCollectError } from "./failure";

export interface Secured {
  readonly socket: tls.TLSSocket;
  readonly facts: TlsFacts;
}

/** A server that sends more certificates than this sends nonsense; a real chain has two to four. */
const MAX_CHAIN = 16;

/**
 * TLS over an open socket. With `verify: false` the handshake ends well and the verdict stands in the facts; otherwise
 * nothing is sent to a server whose certificate does not hold.
 */
export async function secureSocket(
  raw: Socket,
  to: { host: string; where: string; alpn?: string[] },
  choice: TlsChoice,
  signal: AbortSignal,
): Promise<Secured> {
  const name = choice.serverName || to.host;
  const startedAt = performance.now();
  const socket = startHandshake(raw, name, choice, to);
  // For good: an error that comes when nobody reads must not end the process. The next reader sees `errored`.
  socket.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    const stop = () => socket.destroy(new Error("The handshake was given up."));
    const clean = () => {
      signal.removeEventListener("abort", stop);
      socket.removeListener("error", onError);
      socket.removeListener("close", onClose);
    };
    const onError = (error: Error) => {
      clean();
      raw.destroy();
      // In the handshake everything but a lost connection is TLS's fault, also codes that reasonOf does not know.
      const lost = "code" in error && ["ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(String(error.code));
      reject(lost ? toCollectError(error, to.where) : toCollectError(error, to.where, "tls"));
    };
    const onClose = () => onError(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    socket.once("error", onError);
    socket.once("close", onClose);
    socket.once("secureConnect", () => {
      clean();
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  return { socket, facts: readFacts(socket, elapsedMs(startedAt)) };
}

function startHandshake(raw: Socket, name: string, choice: TlsChoice, to: { where: string; alpn?: string[] }) {
  if (choice.caPem) checkPem(choice.caPem);
  try {
    return tls.connect({
      socket: raw,
      // `host` is what the certificate's names are compared with; SNI is only for names (RFC 6066, section 3).
      host: name,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      rejectUnauthorized: choice.verify !== false,
      ...(choice.caPem ? { ca: choice.caPem } : {}),
      ...(choice.certPem ? { cert: choice.certPem } : {}),
      ...(choice.keyPem ? { key: choice.keyPem } : {}),
      ...(to.alpn ? { ALPNProtocols: to.alpn } : {}),
    });
  } catch (error) {
    raw.destroy();
    throw new CollectError(
      "tls",
      "The client certificate or its key is not valid PEM, or they do not belong together.",
      {
        hint: "Paste both again, with their BEGIN and END lines.",
        cause: error,
      },
    );
  }
}

function checkPem(caPem: string) {
  try {
    new X509Certificate(caPem);
  } catch (error) {
    throw new CollectError("tls", "The private CA of the TLS settings is not a PEM certificate.", {
      hint: "Paste the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
      cause: error,
    });
  }
}

function readFacts(socket: tls.TLSSocket, handshakeMs: number): TlsFacts {
  const chainPem: string[] = [];
  let certificate = socket.getPeerX509Certificate();
  while (certificate && chainPem.length < MAX_CHAIN) {
    chainPem.push(certificate.toString());
    certificate = certificate.issuerCertificate;
  }
  const verdict: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? "",
    authorized: socket.authorized,
    authorizationError: socket.authorized ? "" : verdictText(verdict),
    chainPem,
    handshakeMs,
  };
}

/** Typed as an Error, a string in truth; Node.js has had both. */
function verdictText(verdict: unknown): string {
  if (verdict instanceof Error) return "code" in verdict ? String(verdict.code) : verdict.message;
  return String(verdict ?? "");
}
