import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AuditView } from "@/components/audit/AuditView";
import { auditInput, parseAuditFilter } from "@/components/audit/audit-filter";
import { getServer } from "@/components/data/trpc-server";

export const metadata: Metadata = { title: "Audit log" };

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const { trpc, queryClient } = await getServer();
  const given = await searchParams;
  const get = (name: string) => [given[name]].flat()[0] ?? null;
  const renderedAt = Date.now();
  const input = auditInput(parseAuditFilter({ get }), renderedAt);
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.audit.list.infiniteQueryOptions(input, { getNextPageParam: ({ next }) => next ?? undefined }),
    ),
    queryClient.prefetchQuery(trpc.people.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AuditView renderedAt={renderedAt} />
    </HydrationBoundary>
  );
}
