import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getServer } from "@/components/data/trpc-server";
import { PeopleView } from "@/components/people/PeopleView";

export const metadata: Metadata = { title: "People" };

export default async function Page() {
  const { trpc, caller, queryClient } = await getServer();
  const [{ provider }] = await Promise.all([
    caller.account.doors(),
    queryClient.prefetchQuery(trpc.people.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PeopleView provider={provider} renderedAt={Date.now()} />
    </HydrationBoundary>
  );
}
