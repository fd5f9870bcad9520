import type { Core } from "gamedig";
import { z } from "zod";
import { CollectError } from "../sdk";
import type { Context } from "./query";

/** What one query may use, handed to the library in its options, and what it found out. */
export interface Transport {
  readonly context: Context;
  packets: number;
  latencyMs: number | undefined;
}

/** A long list of players over UDP, or over TCP. */
const MAX_PACKETS = 200;
const MAX_STREAM_BYTES = 1_024 * 1_024;
const MAX_BODY_BYTES = 4 * 1_024 * 1_024;

/** Where the library takes any packet for an answer. Mumble gives back what it was sent (Mumble documentation, "Protocol"). */
const OWN_ANSWERS: Readonly<Record<string, (packet: Uint8Array) => boolean>> = {
  mumbleping: (packet) => packet.length === 24 && packet.subarray(4, 12).every((byte, index) => byte === index + 1),
};

const Params = z.object({
  url: z.string(),
  method: z.string().default("GET"),
  headers: z.record(z.string(), z.string()).default({}),
  searchParams: z.record(z.string(), z.union([z.string(), z.number()]).optional()).default({}),
  json: z.unknown().optional(),
  body: z.string().optional(),
  responseType: z.string().default("text"),
});

/**
 * Puts bounds around the library, which takes whatever a server sends: packets and bytes are counted, and HTTP goes through the
 * door, with its limits and without credentials for other hosts. Latency is measured finer than in whole milliseconds.
 */
export function boundTransport(core: Core, protocol: string): void {
  const isOwn = OWN_ANSWERS[protocol] ?? (() => true);
  const transport = () => transportOf(core);
  const { tcpSend, udpSend } = core;
  core.tcpSend = (socket, buffer, onData) => {
    const startedAt = performance.now();
    // The library would wait for more to the end of its time.
    const closed = new Promise<never>((_, reject) => {
      socket.once("close", () => reject(new CollectError("protocol", "The server closed the connection too early.")));
    });
    const answer = tcpSend.call(core, socket, buffer, (received) => {
      noteLatency(transport(), performance.now() - startedAt);
      if (received.length > MAX_STREAM_BYTES) throw new CollectError("protocol", "The server sends without end.");
      return onData(received);
    });
    return Promise.race([answer, closed]);
  };
  core.udpSend = (buffer, onPacket, onTimeout) => {
    const startedAt = performance.now();
    const counted = (packet: Uint8Array) => {
      const seen = transport();
      noteLatency(seen, performance.now() - startedAt);
      seen.packets += 1;
      if (seen.packets > MAX_PACKETS) throw new CollectError("protocol", "The server sends packets without end.");
      if (!isOwn(packet)) throw new CollectError("protocol", "The server does not answer as this game does.");
      return onPacket?.(packet);
    };
    return udpSend.call(core, buffer, onPacket && counted, onTimeout);
  };
  core.request = (params) => request(transport(), params);
}

async function request(transport: Transport, given: unknown): Promise<unknown> {
  const { url, method, headers, searchParams, json, body, responseType } = Params.parse(given);
  const address = new URL(url);
  for (const [name, value] of Object.entries(searchParams))
    if (value !== undefined) address.searchParams.set(name, String(value));
  const answer = await transport.context.fetch(address.href, {
    method,
    headers: json === undefined ? headers : { "content-type": "application/json", ...headers },
    body: json === undefined ? body : JSON.stringify(json),
    tls: transport.context.config.tls,
    timeoutMs: transport.context.config.probeTimeoutMs,
    maxBytes: MAX_BODY_BYTES,
  });
  noteLatency(transport, answer.timings.connect);
  if (answer.status === 401 || answer.status === 403)
    throw new CollectError("auth", `${address.host} refused the credentials (${answer.status}).`);
  if (answer.status !== 200) throw new CollectError("protocol", `${address.host} answered ${answer.status}.`);
  if (answer.truncated) throw new CollectError("protocol", `${address.host} answered more than is read of it.`);
  if (responseType !== "json") return answer.body;
  try {
    return JSON.parse(answer.body);
  } catch (error) {
    throw new CollectError("parse", `${address.host} did not answer with JSON.`, { cause: error });
  }
}

const noteLatency = (transport: Transport, ms: number) => {
  transport.latencyMs = Math.min(transport.latencyMs ?? Number.POSITIVE_INFINITY, ms);
};

function transportOf(core: Core): Transport {
  // It was put there by the query itself.
  return core.options.transport as Transport;
}
