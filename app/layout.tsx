import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/data/providers";
import { getServer } from "@/components/data/trpc-server";
import { Frame } from "@/components/frame/Frame";
import { THEME_SCRIPT } from "@/components/frame/theme-script";
import { ToastProvider } from "@/components/ui/Toast";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Unity", template: "%s · Unity" } };
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  colorScheme: "light dark",
};

export default async function Layout({ children }: { children: ReactNode }) {
  const { trpc, caller, queryClient, seesAll } = await getServer();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const me = await caller.account.me();
  if (me.role === null)
    return (
      <Document nonce={nonce}>
        <Providers live={false}>{children}</Providers>
      </Document>
    );
  queryClient.setQueryData(trpc.account.me.queryKey(), me);
  await Promise.all([
    queryClient.prefetchQuery(trpc.alerts.attention.queryOptions()),
    seesAll && queryClient.prefetchQuery(trpc.storage.health.queryOptions()),
  ]);
  return (
    <Document nonce={nonce}>
      <Providers live>
        <ToastProvider>
          <HydrationBoundary state={dehydrate(queryClient)}>
            <Frame>{children}</Frame>
          </HydrationBoundary>
        </ToastProvider>
      </Providers>
    </Document>
  );
}

function Document({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    // The script below writes what only the browser knows onto <html>.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* The browser keeps the nonce to itself: what it shows of it differs. */}
        <script nonce={nonce} suppressHydrationWarning>
          {THEME_SCRIPT}
        </script>
      </head>
      <body>{children}</body>
    </html>
  );
}
