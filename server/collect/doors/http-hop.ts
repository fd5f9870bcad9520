import http from "node:http";
import type { Socket } from "node:net";
import type { HttpAnswer, TlsChoice, TlsFacts } from "../../../plugins/sdk/context";
import { CollectError } from "../../../plugins/sdk/errors";
import { type Dialled, dialTcp, dialUnix } from "./dial";
import { elapsedMs } from "./elapsed";
import { toCollectError } from "./failure";
import type { Guard } from "./guard";
import { readBody } from "./http-body";
import { secureSocket } from "./secure";

export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly socketPath: string | undefined;
  readonly resolve: string | undefined;
  readonly family: 4 | 6 | undefined;
  readonly tls: TlsChoice;
  readonly maxBytes: number;
}
export interface HopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated: boolean;
  readonly remoteAddress: string;
  readonly timings: Omit<HttpAnswer["timings"], "total">;
  readonly tls: TlsFacts | undefined;
}

/** Appliances send large cookies; Node's 16 KiB is refused by some of them. */
const MAX_HEADER_BYTES = 64 * 1_024;

/** One request on a connection of its own, each phase timed. Follows nothing. */
export async function requestOnce(hop: Hop, guard: Guard, signal: AbortSignal): Promise<HopAnswer> {
  const { url } = hop;
  const where = placeOf(url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "https:";
  const dialled = await (hop.socketPath
    ? dialUnix(hop.socketPath, signal)
    : dialTcp({ host, port: portOf(url), family: hop.family, resolve: hop.resolve }, guard, signal));
  const stop = () => dialled.socket.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    if (signal.aborted) throw signal.reason;
    const secured = secure
      ? await secureSocket(dialled.socket, { host, where, alpn: ["http/1.1"] }, hop.tls, signal)
      : undefined;
    return await exchange(hop, dialled, secured, where);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

async function exchange(
  hop: Hop,
  dialled: Dialled,
  secured: { socket: Socket; facts: TlsFacts } | undefined,
  where: string,
): Promise<HopAnswer> {
  const sentAt = performance.now();
  const response = await send(hop, secured?.socket ?? dialled.socket, where);
  const answeredAt = performance.now();
  const body = await readBody(response, hop.maxBytes, where).catch((error: unknown) => {
    throw toCollectError(error, where);
  });
  return {
    status: response.statusCode ?? 0,
    headers: plainHeaders(response.headers),
    body: body.text,
    truncated: body.truncated,
    remoteAddress: dialled.remoteAddress,
    timings: {
      dns: dialled.dnsMs,
      connect: dialled.connectMs,
      tls: secured?.facts.handshakeMs ?? 0,
      ttfb: elapsedMs(sentAt, answeredAt),
      transfer: elapsedMs(answeredAt),
    },
    tls: secured?.facts,
  };
}

function send(hop: Hop, socket: Socket, where: string): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const fail = (error: Error) => {
      if (!answered) reject(toCollectError(error, where));
    };
    let request: http.ClientRequest;
    try {
      request = http.request({
        // No agent at all: the connection is this request's own, and closed after it.
        createConnection: () => socket,
        method: hop.method,
        path: `${hop.url.pathname}${hop.url.search}`,
        headers: { host: hop.url.host, ...hop.headers },
        setHost: false,
        maxHeaderSize: MAX_HEADER_BYTES,
      });
    } catch (error) {
      reject(
        new CollectError("internal", `The request to ${where} cannot be sent: ${textOf(error)}.`, { cause: error }),
      );
      return;
    }
    request.once("response", (response) => {
      answered = true;
      resolve(response);
    });
    request.on("error", fail);
    request.once("upgrade", () => fail(new CollectError("protocol", `${where} switched to another protocol.`)));
    // The last word when no other event came: nothing may wait for ever.
    request.once("close", () => {
      if (!answered) fail(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    });
    request.end(hop.body);
  });
}

function plainHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  // Cookies keep a line each: their dates have commas.
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join("\n") : (value ?? "")]),
  );
}

/** An URL for people: without user, password and query, which may all hold secrets. */
export function placeOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
