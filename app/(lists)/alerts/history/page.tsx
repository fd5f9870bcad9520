import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { History } from "@/components/alerts/History";
import { historyInput, parseHistoryFilter } from "@/components/alerts/history-filter";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Alert history" };

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const { trpc, queryClient } = await getServer();
  const given = await searchParams;
  const get = (name: string) => [given[name]].flat()[0] ?? null;
  const renderedAt = Date.now();
  const input = historyInput(parseHistoryFilter({ get }), renderedAt);
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.alerts.past.infiniteQueryOptions(input, { getNextPageParam: ({ next }) => next ?? undefined }),
    ),
    queryClient.prefetchQuery(trpc.plugins.instances.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <History renderedAt={renderedAt} />
    </HydrationBoundary>
  );
}
