import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import type { Context } from "../trpc/init";
import { appRouter } from "../trpc/router";
import { isForeign } from "./origin";

const PATH = "/api/ws";
/** Subscriptions are small; nobody needs to send more. */
const MAX_MESSAGE_BYTES = 64 * 1_024;

/** tRPC over WebSocket on the same port. */
export function createWebSocketHandler(createContext: () => Context) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const handler = applyWSSHandler({
    wss: server,
    router: appRouter,
    createContext: async () => createContext(),
    keepAlive: { enabled: true, pingMs: 20_000, pongWaitMs: 5_000 },
  });
  return {
    matches: (path: string) => path === PATH,
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      // Browsers send cookies along with foreign pages' WebSockets: the Origin is the only lock.
      if (isForeign(request)) {
        socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => server.emit("connection", client, request));
    },
    connections: () => server.clients.size,
    /** Asks every tab to come back, then hangs up: an open socket would keep the process alive. */
    close(): void {
      handler.broadcastReconnectNotification();
      for (const client of server.clients) client.close(1001);
      setTimeout(() => {
        for (const client of server.clients) client.terminate();
      }, 200).unref();
    },
  };
}
