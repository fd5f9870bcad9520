import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import webpush from "web-push";
import { openChannelDoors } from "../../channel-doors";
import { systemClock } from "../../clock";
import type { ChannelDoors } from "../channels/channel";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
export interface TestAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Says nothing at all, or closes the connection in the middle of its answer. */
  readonly fault?: "silence" | "reset";
}

/** An HTTP server of this machine that remembers what it was sent. */
export async function openReceiver() {
  const received: Received[] = [];
  let answer: (asked: Received) => TestAnswer = () => ({});
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const asked = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(parts),
    };
    received.push(asked);
    const { status = 200, headers = {}, body = "", fault } = answer(asked);
    if (fault === "silence") return;
    response.writeHead(status, fault ? { ...headers, "content-length": "100000" } : headers);
    if (!fault) return response.end(body);
    response.write(body || "x");
    setImmediate(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    /** The one request that came. */
    only(): Received {
      const [first, ...more] = received;
      if (!first || more.length > 0) throw new Error(`${received.length} requests came.`);
      return first;
    },
    answer(with_: TestAnswer | ((asked: Received) => TestAnswer)) {
      answer = typeof with_ === "function" ? with_ : () => with_;
      received.length = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Real doors; a service that has one address for all is sought at the receiver. */
export function openTestDoors({
  reroute,
  timeoutMs = 2_000,
  now,
  scriptsFolder,
}: {
  reroute?: string;
  timeoutMs?: number;
  now?: number;
  scriptsFolder?: string;
} = {}): ChannelDoors & { readonly asked: string[] } {
  const keys = webpush.generateVAPIDKeys();
  const doors = openChannelDoors(
    { clock: systemClock, pushKeys: async () => keys, timeoutMs, scriptsFolder },
    new AbortController().signal,
  );
  const asked: string[] = [];
  return {
    ...doors,
    ...(now === undefined ? {} : { now }),
    asked,
    fetch(url, request) {
      asked.push(url);
      const { pathname, search, hostname } = new URL(url);
      const away = reroute && hostname !== "127.0.0.1";
      return doors.fetch(away ? `${reroute}${pathname}${search}` : url, request);
    },
  };
}
