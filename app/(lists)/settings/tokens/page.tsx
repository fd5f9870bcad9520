import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { may } from "@/components/account/rights";
import { getServer } from "@/components/data/trpc-server";
import { TokensView } from "@/components/tokens/TokensView";

export const metadata: Metadata = { title: "API tokens" };

export default async function Page() {
  const { trpc, caller, queryClient } = await getServer();
  const me = await caller.account.me();
  await Promise.all([
    queryClient.prefetchQuery(trpc.tokens.list.queryOptions()),
    may(me, "administer") && queryClient.prefetchQuery(trpc.tokens.all.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TokensView renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
