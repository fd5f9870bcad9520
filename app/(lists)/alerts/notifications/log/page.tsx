import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DeliveryLog } from "@/components/alerts/notifications/DeliveryLog";
import { deliveryInput, parseDeliveryFilter } from "@/components/alerts/notifications/delivery-filter";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Delivery log" };

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const { trpc, queryClient } = await getServer();
  const given = await searchParams;
  const input = deliveryInput(parseDeliveryFilter({ get: (name) => [given[name]].flat()[0] ?? null }));
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.notifications.log.infiniteQueryOptions(input, { getNextPageParam: ({ next }) => next ?? undefined }),
    ),
    queryClient.prefetchQuery(trpc.channels.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <DeliveryLog renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
