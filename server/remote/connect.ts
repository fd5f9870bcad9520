import { createTRPCClient, createWSClient, httpBatchLink, splitLink, TRPCClientError, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "../trpc/router";

/** Nothing came from where a Unity should be. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const ANSWERS_WITHIN_MS = 30_000;

/** A Unity that runs, by the same procedures as its pages. @param headers who asks: an API token, or a session's cookie */
export function connectUnity(url: string, headers: Readonly<Record<string, string>>) {
  class SignedIn extends WebSocket {
    constructor(address: string) {
      super(address, { headers });
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
        condition: ({ type }) => type === "subscription",
        true: wsLink({ client: socket }),
        false: httpBatchLink({
          url: `${url}/api/trpc`,
          headers,
          fetch: (input, init) =>
            fetch(input, { ...init, signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) } as RequestInit),
        }),
      }),
    ],
  });
  return { api, close: () => void socket.close() };
}
export type Api = ReturnType<typeof connectUnity>["api"];

/** What went wrong, for whoever sits at a terminal. */
export function explain(error: unknown, url: string): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const code: unknown = error.data?.code;
  if (code === "UNAUTHORIZED")
    return new Error(
      "It wants to know who asks: make an API token under Settings, API tokens, and set UNITY_TOKEN to it.",
    );
  if (code !== undefined) return new Error(error.message);
  const cause = error.cause as { cause?: { message?: string }; message?: string } | undefined;
  return new Unreachable(`No Unity answers at ${url}: ${cause?.cause?.message ?? cause?.message ?? error.message}`);
}
