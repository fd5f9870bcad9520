import { createTRPCClient, createWSClient, httpBatchLink, splitLink, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "../../server/trpc/router";

// Node 20 has no WebSocket of its own.
Object.assign(globalThis, { WebSocket });

/** The typed client that docs/examples shows: procedures over HTTP, the live stream over WebSocket. */
export function connectClient({ url, cookie }: { url: string; cookie: string }) {
  class SignedIn extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie } });
    }
  }
  const socket = createWSClient({
    url: `${url.replace(/^http/, "ws")}/api/ws`,
    lazy: { enabled: true, closeMs: 0 },
    WebSocket: SignedIn as unknown as typeof globalThis.WebSocket,
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: wsLink({ client: socket }),
        false: httpBatchLink({ url: `${url}/api/trpc`, headers: { cookie } }),
      }),
    ],
  });
  return { api, close: () => socket.close() };
}
export type Api = ReturnType<typeof connectClient>["api"];
