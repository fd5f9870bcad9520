import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { isSame, type Visitor } from "../auth/visitor";
import type { Context } from "../trpc/init";
import { appRouter } from "../trpc/router";
import { isForeign } from "./origin";

const PATH = "/api/ws";
/** Subscriptions are small; nobody needs to send more. */
const MAX_MESSAGE_BYTES = 64 * 1_024;

/** A session that ran out is noticed so soon. */
const LOOK_EVERY_MS = 60_000;

interface Parts {
  createContext(headers: IncomingHttpHeaders): Promise<Context>;
  /** Called when it may be somebody else who is signed in. */
  watch(listener: () => void): () => void;
}

/** tRPC over WebSocket on the same port, for those who are signed in, as long as they are. */
export function createWebSocketHandler({ createContext, watch }: Parts) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const handler = applyWSSHandler({
    wss: server,
    router: appRouter,
    createContext: ({ req }) => createContext(req.headers),
    keepAlive: { enabled: true, pingMs: 20_000, pongWaitMs: 5_000 },
  });
  const viewers = new Map<WebSocket, { readonly headers: IncomingHttpHeaders; readonly visitor: Visitor }>();

  /** Whoever may do something else than at the beginning begins anew, or is not let in again. */
  async function lookAgain(): Promise<void> {
    for (const [client, { headers, visitor }] of viewers) {
      const now = await createContext(headers).catch(() => undefined);
      if (now && !isSame(now.visitor, visitor)) client.close(4_401, "signed out");
    }
  }
  const stopWatching = watch(() => void lookAgain());
  const timer = setInterval(() => void lookAgain(), LOOK_EVERY_MS).unref();

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { visitor } = await createContext(request.headers);
    if (visitor.role === null) {
      refuse(socket, "401 Unauthorized");
      return;
    }
    server.handleUpgrade(request, socket, head, (client) => {
      viewers.set(client, { headers: request.headers, visitor });
      client.once("close", () => viewers.delete(client));
      server.emit("connection", client, request);
    });
  }

  return {
    matches: (path: string) => path === PATH,
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      // Browsers send cookies along with foreign pages' WebSockets: the Origin is the only lock.
      if (isForeign(request)) refuse(socket, "403 Forbidden");
      else accept(request, socket, head).catch(() => refuse(socket, "503 Service Unavailable"));
    },
    connections: () => server.clients.size,
    /** Asks every tab to come back, then hangs up: an open socket would keep the process alive. */
    close(): void {
      stopWatching();
      clearInterval(timer);
      handler.broadcastReconnectNotification();
      for (const client of server.clients) client.close(1001);
      setTimeout(() => {
        for (const client of server.clients) client.terminate();
      }, 200).unref();
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}
