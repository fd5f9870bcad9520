"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, createWSClient, httpBatchLink, splitLink, wsLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "@/server/trpc/router";
import { LiveProvider } from "./live";
import { createQueryClient } from "./query-client";
import { TRPCProvider } from "./trpc";

let browserClient: QueryClient | undefined;

function queryClientOfThisSide(): QueryClient {
  if (typeof window === "undefined") return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}

/** Back-off of the live connection: quick at first, a person may be restarting the server, then every five seconds. */
const retryDelayMs = (attempt: number) => Math.min(500 * 2 ** attempt, 5_000);

function createClient() {
  const socket = createWSClient({
    url: () => `${location.origin.replace(/^http/, "ws")}/api/ws`,
    lazy: { enabled: true, closeMs: 10_000 },
    keepAlive: { enabled: true, intervalMs: 15_000, pongTimeoutMs: 5_000 },
    retryDelayMs,
  });
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: wsLink({ client: socket }),
        false: httpBatchLink({ url: "/api/trpc", maxItems: 30 }),
      }),
    ],
  });
}

/** One query cache, one client, one live subscription a tab; nothing is live for somebody who is not signed in. */
export function Providers({ live, children }: { live: boolean; children: ReactNode }) {
  const queryClient = queryClientOfThisSide();
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {live ? <LiveProvider>{children}</LiveProvider> : children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
